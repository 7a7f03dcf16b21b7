#!/usr/bin/env python3
"""Compares Schemajob with other tools: python3 bench/run.py [--only CASE,…] [--repeat N] [--print]"""

import argparse
import os
import shutil
import stat
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness import cases, contestants, results  # noqa: E402
from harness.server import OpenBao, Postgres  # noqa: E402

REPOSITORY = Path(__file__).resolve().parent.parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="cases, separated by commas", default=",".join(cases.all_cases()))
    parser.add_argument("--repeat", type=int, default=11, help="how often each contestant runs; the slow cases less")
    parser.add_argument("--print", action="store_true", help="print the tables and write nothing")
    return parser.parse_args()


def main():
    chosen = arguments()
    lacking = contestants.present()
    if lacking:
        raise SystemExit(f"These have to be on the PATH: {', '.join(lacking)}")
    tools = contestants.Tools(REPOSITORY / "target/bench")
    tools.folder.mkdir(parents=True, exist_ok=True)
    tools.fetch()
    # Outside of the checkout: a server started by root runs as another user, who may not be let in.
    folder = Path(tempfile.mkdtemp(prefix="schemajob-bench-"))
    folder.chmod(folder.stat().st_mode | stat.S_IXGRP | stat.S_IXOTH | stat.S_IRGRP | stat.S_IROTH)
    postgres = Postgres(REPOSITORY / "target/postgres", folder)
    bao = OpenBao(tools.bao(), folder)
    world = cases.World(tools, postgres, bao, folder / "cases", REPOSITORY)
    (folder / "cases").mkdir()
    try:
        for name in chosen.only.split(","):
            begun = time.time()
            print(f"==> {name} (load {os.getloadavg()[0]:.1f})", flush=True)
            case = cases.all_cases()[name](world, chosen.repeat)
            if not chosen.print:
                results.merge(world, case)
            print(results.table(results.summary(case)))
            print(f"    {time.time() - begun:.0f} s", flush=True)
    finally:
        bao.close()
        postgres.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
