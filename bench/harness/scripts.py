"""Writes the same migrations in the form that each tool wants."""

TABLE = """CREATE TABLE {name} (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
"""

ALEMBIC_INI = """[alembic]
script_location = {folder}
"""

ALEMBIC_ENV = """import os
from alembic import context
from sqlalchemy import create_engine

with create_engine(os.environ["BENCH_URL"]).connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
"""

ALEMBIC_STEP = '''from alembic import op

revision = "{number}"
down_revision = {before}


def upgrade():
    op.execute("""{sql}""")
'''


def small(count):
    """Scripts of one table each."""
    return [TABLE.format(name=f"t{number:05d}") for number in range(1, count + 1)]


def nothing(count):
    """Scripts that leave nothing behind but their row in a history."""
    return [f"-- step {number}\nSELECT {number};\n" for number in range(1, count + 1)]


def write(folder, scripts):
    """One folder a tool below this one."""
    numbered = [(f"{number:05d}", sql) for number, sql in enumerate(scripts, 1)]
    for number, sql in numbered:
        _file(folder, f"schemajob/migrations/{number}_step.up.sql", sql)
        _file(folder, f"goose/{number}_step.sql", "-- +goose Up\n" + sql)
        _file(folder, f"dbmate/{number}_step.sql", "-- migrate:up\n" + sql + "\n-- migrate:down\n")
        _file(folder, f"flyway/V{number}__step.sql", sql)
        before = f'"{int(number) - 1:05d}"' if int(number) > 1 else None
        _file(folder, f"alembic/versions/s{number}.py", ALEMBIC_STEP.format(number=number, before=before, sql=sql))
    _file(folder, "alembic/alembic.ini", ALEMBIC_INI.format(folder=folder / "alembic"))
    _file(folder, "alembic/env.py", ALEMBIC_ENV)
    changesets = "".join(f"--changeset bench:{number}\n{sql}\n" for number, sql in numbered)
    _file(folder, "liquibase/changelog.sql", "--liquibase formatted sql\n" + changesets)
    paths = [folder / f"schemajob/migrations/{number}_step.up.sql" for number, _ in numbered]
    _file(folder, "psql/all.sql", "".join(f"BEGIN;\n\\i {path}\nCOMMIT;\n" for path in paths))
    _file(folder, "psql/whole.sql", "".join(f"\\i {path}\n" for path in paths))


def _file(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
