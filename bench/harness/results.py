"""Medians, ratios and limits: from samples to results.json, RESULTS.md and what is printed."""

import json
import os
import platform
import subprocess
from pathlib import Path

from .measure import median

BENCH = Path(__file__).resolve().parent.parent
JSON = BENCH / "results.json"
MARKDOWN = BENCH / "RESULTS.md"
NOTES = BENCH / "NOTES.md"
OURS = "schemajob"

# case, contestant to divide by (or the name of another case of our own), greatest ratio
LIMITS = [
    ("vault", "bao and psql in a shell", 0.5, "whole job through Vault, nothing to do, verified"),
    ("noop-1", "golang-migrate", 2.5, "no-op with verification, 1 applied"),
    ("noop-1", "Flyway command line", 0.05, "no-op with verification, 1 applied"),
    ("noop-1000", "case:noop-1", 2, "no-op, 1,000 applied"),
    ("noop-10000", "case:noop-1000", 12, "no-op, 10,000 applied"),
    ("apply-200", "psql, a transaction a file", 1.3, "200 scripts from empty, verified"),
    ("apply-200", "golang-migrate", 1, "200 scripts from empty, verified"),
    ("apply-200", "goose", 1, "200 scripts from empty, verified"),
    ("apply-200", "dbmate", 1, "200 scripts from empty, verified"),
    ("verify-2000", "pg_dump --schema-only", 0.25, "verify of 2,000 tables"),
    ("big", "psql, one transaction", 1.2, "50 MB script"),
]
JVM_LIMITS = [("noop-1", "Flyway command line"), ("noop-1", "Liquibase")]
# case, MiB
MEMORY_LIMITS = [("noop-1", 64, "peak memory, no-op"), ("big", 200, "peak memory, 50 MB script")]
EXECUTABLE_LIMIT = 75


def environment(world):
    """Enough to judge the numbers by; nothing of where the machine stands or what it is called."""
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = next(int(line.split()[1]) for line in open("/proc/meminfo") if line.startswith("MemTotal")) >> 20
    java = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()[0]
    return {
        "processor": f"{os.cpu_count()} × {model}",
        "memory": f"{memory} GiB",
        "system": f"Linux {platform.release().split('-')[0]}",
        "PostgreSQL": f"{world.postgres.major}, its own settings, without autovacuum, on the same machine",
        "Java": java.replace('"', ""),
        "executable": f"{world.tools.executable().stat().st_size / 1e6:.1f} MB",
        "load before": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }


def summary(case):
    """A case as it stands in results.json."""
    runs = {
        name: {
            "wall_ms": [round(sample.wall_ms, 1) for sample in samples],
            "cpu_ms": [round(sample.cpu_ms, 1) for sample in samples],
            "peak_kib": max(sample.peak_kib for sample in samples),
        }
        for name, samples in case.samples.items()}
    return {"title": case.title, "runs": runs, "failed": sorted(case.failures)}


def merge(world, case):
    """Adds or replaces a case that was run."""
    whole = json.loads(JSON.read_text()) if JSON.exists() else {"cases": {}}
    whole["environment"] = environment(world)
    whole["cases"][case.name] = summary(case)
    JSON.write_text(json.dumps(whole, indent=1) + "\n")
    MARKDOWN.write_text(markdown(whole))


def wall(whole, case, name):
    run = whole["cases"].get(case, {}).get("runs", {}).get(name)
    return median(run["wall_ms"]) if run else None


def peak_mib(whole, case, name):
    run = whole["cases"].get(case, {}).get("runs", {}).get(name)
    return run["peak_kib"] / 1024 if run else None


def limits(whole):
    """Rows of what was asked for, what was measured, and whether it was reached."""
    for case, against, most, title in LIMITS:
        ours = wall(whole, case, OURS)
        other = wall(whole, against[5:], OURS) if against.startswith("case:") else wall(whole, case, against)
        name = whole["cases"].get(against[5:], {}).get("title", against) if against.startswith("case:") else against
        if ours and other:
            yield title, f"{most} × {name}", f"{ours / other:.2f} ×", ours / other <= most
    for case, against in JVM_LIMITS:
        ours, other = wall(whole, case, "schemajob (JVM)"), wall(whole, case, against)
        if ours and other:
            yield "JVM mode, no-op", f"1 × {against}", f"{ours / other:.2f} ×", ours <= other
    for case, most, title in MEMORY_LIMITS:
        ours = peak_mib(whole, case, OURS)
        if ours:
            yield title, f"{most} MB", f"{ours * 1.048576:.0f} MB", ours * 1.048576 <= most
    size = float(whole["environment"]["executable"].split()[0])
    yield "executable", f"{EXECUTABLE_LIMIT} MB", f"{size:.1f} MB", size <= EXECUTABLE_LIMIT


def table(case):
    """One case: median, spread, ratio to ours, peak."""
    runs = case["runs"]
    ours = median(runs[OURS]["wall_ms"]) if OURS in runs else None
    lines = ["| | median ms | least | most | runs | × schemajob | processor ms | peak MB |",
             "|---|---:|---:|---:|---:|---:|---:|---:|"]
    for name, run in sorted(runs.items(), key=lambda item: median(item[1]["wall_ms"])):
        times = run["wall_ms"]
        ratio = f"{median(times) / ours:.2f}" if ours else ""
        lines.append(
            f"| {name} | {median(times):.1f} | {min(times):.1f} | {max(times):.1f} | {len(times)} | {ratio} |"
            f" {median(run['cpu_ms']):.1f} | {run['peak_kib'] * 1024 / 1e6:.0f} |")
    if case["failed"]:
        lines.append(f"\nNot measured, as they failed: {', '.join(case['failed'])}.")
    return "\n".join(lines)


def markdown(whole):
    parts = ["# Results\n", "Written by `bench/run.py`; [README.md](README.md) says what is measured and how.\n"]
    parts += [f"- {key}: {value}" for key, value in whole["environment"].items()]
    parts += ["\n## What had to be reached\n", "| case | at most | measured | reached |", "|---|---|---|---|"]
    parts += [
        f"| {title} | {most} | {found} | {'yes' if reached else '**no**'} |"
        for title, most, found, reached in limits(whole)]
    if NOTES.exists():
        parts.append("\n" + NOTES.read_text().strip())
    for case in whole["cases"].values():
        parts += [f"\n## {case['title'][0].upper()}{case['title'][1:]}\n", table(case)]
    return "\n".join(parts) + "\n"
