#!/usr/bin/env python3
"""How the cost of `new --autogenerate` grows: python3 bench/autogenerate.py [--tables 6000]

Writes the scripts for one renamed table, and for everything from an empty database, with so many tables and with twice
as many, and prints the processor time of each, the time that it takes with the server's share, and the ratios: about 2 where
the cost is linear.
"""

import argparse
import re
import shutil
import stat
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness import measure  # noqa: E402
from harness.server import Postgres  # noqa: E402

REPOSITORY = Path(__file__).resolve().parent.parent
JAR = REPOSITORY / "target/quarkus-app/quarkus-run.jar"
TABLES = """
DO $$
BEGIN
    FOR i IN 1..{count} LOOP
        EXECUTE format('CREATE TABLE t%s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent bigint %s,
            name text NOT NULL DEFAULT %L, at timestamptz)', i, CASE WHEN i > 1 THEN 'REFERENCES t' || i - 1 END, 'x');
        EXECUTE format('CREATE INDEX t%s_name ON t%s (name)', i, i);
        IF i % 500 = 0 THEN
            COMMIT;
        END IF;
    END LOOP;
END
$$
"""


def schemajob(postgres, database, *words):
    """As the image of the JVM runs it."""
    return measure.run(
        ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR, *words], env=postgres.env(database))


def runs(postgres, folder, count):
    """The runs that write the scripts for a renamed table, and for everything."""
    name = f"tables{count}"
    bundle = folder / name
    bundle.mkdir()
    (bundle / "bundle.yaml").write_text(f"name: {name}\n")
    postgres.fresh(name)
    postgres.sql(name, TABLES.format(count=count))
    declared = bundle / "schema.yaml"
    schemajob(postgres, name, "snapshot", "--bundle", f"{bundle}/", "--file", str(declared))
    postgres.fresh("empty")
    whole = schemajob(postgres, "empty", "new", "Everything", "--autogenerate", "--bundle", f"{bundle}/")
    for script in bundle.rglob("*.sql"):
        script.unlink()
    renamed = re.sub(rf"\bt{count // 2}(?=\b|_)", "renamed", declared.read_text())
    declared.write_text(renamed)
    rename = schemajob(postgres, name, "new", "Rename", "--autogenerate", "--bundle", f"{bundle}/")
    return rename, whole


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=6000)
    count = parser.parse_args().tables
    folder = Path(tempfile.mkdtemp(prefix="schemajob-bench-"))
    folder.chmod(folder.stat().st_mode | stat.S_IXGRP | stat.S_IXOTH | stat.S_IRGRP | stat.S_IROTH)
    postgres = Postgres(REPOSITORY / "target/postgres", folder)
    try:
        once, twice = runs(postgres, folder, count), runs(postgres, folder, 2 * count)
        for words, a, b in zip(("one renamed table", "from an empty database"), once, twice):
            for kind, one, two in (("processor time", a.cpu_ms, b.cpu_ms), ("in all", a.wall_ms, b.wall_ms)):
                print(f"{words}, {kind}: {count} tables {one / 1000:.1f} s, {2 * count} tables {two / 1000:.1f} s, "
                      f"ratio {two / one:.2f}")
    finally:
        postgres.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
