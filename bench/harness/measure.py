"""Runs a process and tells how long it took and how much memory it held at its peak."""

import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

# A child of this interpreter begins with the interpreter's own peak; a child of time(1) begins with nothing.
TIME = Path("/usr/bin/time")


@dataclass(frozen=True)
class Sample:
    """One run: wall clock and processor time of the client's processes in milliseconds, peak of the resident memory
    in KiB (0 where it cannot be told)."""

    wall_ms: float
    cpu_ms: float
    peak_kib: int


class Failed(Exception):
    """A contestant ended with an error, so its time means nothing."""


def run(argv, env=None, cwd=None, expect=0, save=None):
    """Runs once; what it writes to standard output can be saved in a file. For a shell pipeline the peak is that of its
    largest process."""
    whole = dict(os.environ)
    whole.update(env or {})
    with tempfile.NamedTemporaryFile("r") as peak, tempfile.TemporaryFile("w+") as output:
        prefix = [str(TIME), "-q", "-f", "%M", "-o", peak.name] if TIME.exists() else []
        begun = time.perf_counter()
        process = subprocess.Popen(
            prefix + [str(word) for word in argv], env=whole, cwd=cwd, stdin=subprocess.DEVNULL,
            stdout=open(save, "w") if save else output, stderr=output,
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = (time.perf_counter() - begun) * 1000
        code = process.returncode = os.waitstatus_to_exitcode(status)
        if code != expect:
            output.seek(0)
            raise Failed(f"{Path(str(argv[0])).name} ended with {code}: {output.read()[-1500:]}")
        text = peak.read().strip()
        return Sample(wall, (used.ru_utime + used.ru_stime) * 1000, int(text) if text else 0)


def median(values):
    return statistics.median(values) if values else None
