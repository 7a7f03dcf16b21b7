#!/usr/bin/env python3
"""What a target of a fleet costs: python3 bench/fleet.py [--targets 1000] [--bundle bindu] [--jvm]

Migrates so many schemas of one database, then runs again with nothing to do on 10, 100 and all of them. Prints for each run
the time by the clock, the processor time of ours and of the server a target, the peak of the memory, and how the whole
compares with the times of the single targets shared out evenly.
"""

import argparse
import json
import shutil
import stat
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness import measure  # noqa: E402
from harness.contestants import Tools  # noqa: E402
from harness.server import Postgres  # noqa: E402

REPOSITORY = Path(__file__).resolve().parent.parent
HEADINGS = ("targets", "at once", "ms each", "ours, ms each", "server, ms each", "peak MB", "whole ÷ shared out")


def command(jvm):
    if jvm:
        return ["java", "-jar", REPOSITORY / "target/quarkus-app/quarkus-run.jar"]
    return [Tools(REPOSITORY / "target/bench").executable()]


def fleet(postgres, folder, words, bundle, count, parallel):
    """One run, as a row of the table."""
    targets = folder / f"fleet-{count}.yaml"
    targets.write_text("targets:\n" + "".join(f"  - {{name: t{i}, schema: t{i}}}\n" for i in range(1, count + 1)))
    report = folder / "report.json"
    before = postgres.cpu_ms()
    sample = measure.run(
        [*words, "fleet", "migrate", "--bundle", bundle, "--targets", targets, "--parallel", str(parallel), "--quiet",
         "--output", "json"], env=postgres.env("fleet"), save=report)
    time.sleep(0.5)  # its sessions end a moment later
    server = postgres.cpu_ms() - before
    single = [target["durationMs"] for target in json.loads(report.read_text())["details"]["targets"]]
    return (count, parallel, sample.wall_ms / count, sample.cpu_ms / count, server / count, sample.peak_kib / 1024,
            sample.wall_ms / (sum(single) / parallel))


def show(row):
    print("| " + " | ".join(f"{value:.1f}" if isinstance(value, float) else str(value) for value in row[:-1])
          + f" | {row[-1]:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--targets", type=int, default=1000)
    parser.add_argument("--bundle", default="bindu")
    parser.add_argument("--jvm", action="store_true", help="the jar in place of the native executable")
    arguments = parser.parse_args()
    words = command(arguments.jvm)
    folder = Path(tempfile.mkdtemp(prefix="schemajob-bench-"))
    folder.chmod(folder.stat().st_mode | stat.S_IXGRP | stat.S_IXOTH | stat.S_IRGRP | stat.S_IROTH)
    postgres = Postgres(REPOSITORY / "target/postgres", folder)
    try:
        postgres.fresh("fleet")
        print("| " + " | ".join(HEADINGS) + " |\n|" + "---:|" * len(HEADINGS))
        print("Scripts to run:")
        show(fleet(postgres, folder, words, arguments.bundle, arguments.targets, 2))
        postgres.sql("fleet", "VACUUM ANALYZE")
        print("Nothing to do:")
        for count, parallel in ((10, 2), (100, 2), (arguments.targets, 1), (arguments.targets, 2), (arguments.targets, 4)):
            show(fleet(postgres, folder, words, arguments.bundle, count, parallel))
    finally:
        postgres.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
