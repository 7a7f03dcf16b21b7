"""What is measured. Contestants take turns (A B A B …), so that a slow minute of the machine slows all of them."""

from dataclasses import dataclass, field

from . import contestants as c
from . import measure, scripts

EXECUTOR = "src/main/resources/bundles/agent-executor"
BIG_BYTES = 50 << 20


@dataclass
class World:
    """Everything that cases need."""

    tools: object
    postgres: object
    bao: object
    folder: object
    repository: object


@dataclass
class Case:
    """A row of the results: samples by contestant, in the order in which they ran."""

    name: str
    title: str
    samples: dict = field(default_factory=dict)
    failures: dict = field(default_factory=dict)

    def take(self, name, run):
        """Runs one contestant once; one that fails is left out from then on and named."""
        if name in self.failures:
            return
        try:
            self.samples.setdefault(name, []).append(run())
        except measure.Failed as failed:
            self.samples.pop(name, None)
            self.failures[name] = str(failed)
            print(f"    {name} failed: {failed}")


def _available(world, chosen):
    return [one for one in chosen if one is not c.SCHEMAJOB_JVM or world.tools.jar()]


def _database(contestant):
    return "bench_" + "".join(letter if letter.isalnum() else "_" for letter in contestant.name.lower())


def _run(world, contestant, folder):
    database = _database(contestant)
    where = folder / contestant.folder
    return measure.run(
        contestant.command(world.tools, world.postgres, database, where), contestant.env(world.postgres, database))


def _declare(world, folder):
    """Writes schema.yaml from the database that Schemajob has migrated, so that its runs verify."""
    bundle = folder / "schemajob"
    declared = bundle / "schema.yaml"
    if not declared.exists():
        env = world.postgres.env(_database(c.SCHEMAJOB))
        measure.run([world.tools.executable(), "snapshot", "--bundle", bundle, "--file", declared], env)


def _prepare(world, name, texts):
    """Scripts on disk, and a database that Schemajob has applied all of them to, with its declared schema."""
    folder = world.folder / name
    scripts.write(folder, texts)
    world.postgres.fresh(_database(c.SCHEMAJOB))
    _run(world, c.SCHEMAJOB, folder)
    _declare(world, folder)
    return folder


def noop(world, name, title, texts, repeat, chosen=None):
    """Nothing to do; only Schemajob also verifies."""
    case = Case(name, title)
    chosen = _available(world, chosen or c.TOOLS_WITH_HISTORY)
    usable = []
    folder = world.folder / name
    scripts.write(folder, texts)
    for contestant in chosen:
        world.postgres.fresh(_database(contestant))
        case.take(contestant.name, lambda: _run(world, contestant, folder))
        if case.samples.pop(contestant.name, None):
            usable.append(contestant)
    _declare(world, folder)
    for _ in range(repeat):
        for contestant in usable:
            case.take(contestant.name, lambda: _run(world, contestant, folder))
    return case


def from_empty(world, name, title, texts, repeat, chosen):
    """All scripts on an empty database; Schemajob verifies the result."""
    case = Case(name, title)
    chosen = _available(world, chosen)
    folder = _prepare(world, name, texts)
    for _ in range(repeat):
        for contestant in chosen:
            world.postgres.fresh(_database(contestant))
            case.take(contestant.name, lambda: _run(world, contestant, folder))
    return case


def executor_script(world):
    path = world.repository / EXECUTOR / "migrations/001_create_checkpointer_tables.up.sql"
    return [path.read_text()]


def noop_ten_thousand(world, repeat):
    """golang-migrate keeps one row and is given it; Flyway's rows are those that Schemajob has written."""
    name, title = "noop-10000", "nothing to do, 10,000 applied"
    case = Case(name, title)
    folder = world.folder / name
    scripts.write(folder, scripts.nothing(10_000))
    for contestant in (c.SCHEMAJOB, c.FLYWAY_API, c.GOLANG_MIGRATE):
        world.postgres.fresh(_database(contestant))
    where = folder / c.SCHEMAJOB.folder
    for contestant in (c.SCHEMAJOB, c.FLYWAY_API):
        measure.run(c.SCHEMAJOB.command(world.tools, world.postgres, None, where),
                    world.postgres.env(_database(contestant)))
    world.postgres.sql(
        _database(c.FLYWAY_API),
        "UPDATE flyway_schema_history SET script = 'V' || lpad(version, 5, '0') || '__step.sql'")
    world.postgres.sql(
        _database(c.GOLANG_MIGRATE),
        "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)",
        "INSERT INTO schema_migrations VALUES (10000, false)")
    _declare(world, folder)
    for _ in range(repeat):
        for contestant in (c.SCHEMAJOB, c.GOLANG_MIGRATE, c.FLYWAY_API):
            case.take(contestant.name, lambda: _run(world, contestant, folder))
    return case


def big_script(world, repeat):
    """Rows of about a kilobyte, a hundred a statement."""
    name, title = "big", "one script of 50 MB from empty"
    statements, size, number = ["CREATE TABLE big (id bigint PRIMARY KEY, payload text NOT NULL);\n"], 0, 0
    while size < BIG_BYTES:
        rows = ",\n".join(f"({i}, '{i:09d}{'x' * 950}')" for i in range(number, number + 100))
        statements.append(f"INSERT INTO big (id, payload) VALUES\n{rows};\n")
        size += len(statements[-1])
        number += 100
    case = Case(name, title)
    folder = _prepare(world, name, ["".join(statements)])
    for _ in range(repeat):
        for contestant in (c.SCHEMAJOB, c.PSQL_WHOLE, c.GOLANG_MIGRATE):
            world.postgres.fresh(_database(contestant))
            case.take(contestant.name, lambda: _run(world, contestant, folder))
    return case


def verify(world, repeat):
    """2,000 tables with two indexes each beside their key, and 1,000 with one more: 5,000 and the keys."""
    name, title = "verify-2000", "verify of 2,000 tables with 5,000 indexes"
    texts = []
    for number in range(2000):
        table = f"v{number:05d}"
        text = scripts.TABLE.format(name=table)
        text += f"CREATE INDEX {table}_a ON {table} (name);\nCREATE INDEX {table}_b ON {table} (created_at);\n"
        if number < 1000:
            text += f"CREATE INDEX {table}_c ON {table} (name, created_at);\n"
        texts.append(text)
    # Not in one transaction: the server has no room for so many locks by default.
    texts = ["".join(texts[at : at + 100]) for at in range(0, len(texts), 100)]
    case = Case(name, title)
    folder = _prepare(world, name, texts)
    env = world.postgres.env(_database(c.SCHEMAJOB))
    ours = [world.tools.executable(), "verify", "--bundle", folder / "schemajob"]
    for _ in range(repeat):
        case.take(c.SCHEMAJOB.name, lambda: measure.run(ours, env))
        case.take("pg_dump --schema-only", lambda: measure.run(["pg_dump", "--schema-only", "-f", "/dev/null"], env))
    return case


PIPELINE = r"""
set -e
VAULT_TOKEN=$("$BAO" write -field=token auth/approle/login role_id="$ROLE_ID" secret_id="$SECRET_ID")
export VAULT_TOKEN
secret=$("$BAO" kv get -format=json "$SECRET")
field() { printf '%s\n' "$secret" | sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}$/\1/p"; }
PGHOST=$(field host); PGPORT=$(field port); PGDATABASE=$(field database)
PGUSER=$(field username); PGPASSWORD=$(field password)
export PGHOST PGPORT PGDATABASE PGUSER PGPASSWORD
psql -q -c "SELECT version()" >/dev/null
applied=$(psql -tA -c "SELECT max(v) FROM checkpoint_migrations")
[ "$applied" = 9 ]
tables=$(psql -tA -c "SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'checkpoint%'")
[ "$tables" = 4 ]
"""


def whole_job(world, repeat):
    """Login, secret, connection, history, verification. The pipeline compares a count, Schemajob the whole schema."""
    case = Case("vault", "whole job through Vault, nothing to do")
    database = _database(c.SCHEMAJOB)
    world.postgres.fresh(database)
    world.bao.store(world.postgres, database)
    secret_id = world.folder / "secret-id"
    secret_id.write_text(world.bao.secret_id)
    ours = {
        "VAULT_ADDR": world.bao.address, "SCHEMAJOB_VAULT_AUTH": "approle",
        "SCHEMAJOB_VAULT_ROLE_ID": world.bao.role_id, "SCHEMAJOB_VAULT_SECRET_ID_FILE": str(secret_id),
        "SCHEMAJOB_VAULT_SECRET": world.bao.SECRET, "SCHEMAJOB_BUNDLE": "agent-executor",
    }
    theirs = {
        "VAULT_ADDR": world.bao.address, "BAO_ADDR": world.bao.address, "BAO": str(world.bao.binary),
        "ROLE_ID": world.bao.role_id, "SECRET_ID": world.bao.secret_id, "SECRET": world.bao.SECRET,
    }
    measure.run([world.tools.executable(), "migrate"], ours)
    for _ in range(repeat):
        case.take(c.SCHEMAJOB.name, lambda: measure.run([world.tools.executable(), "migrate"], ours))
        case.take("bao and psql in a shell", lambda: measure.run(["sh", "-c", PIPELINE], theirs))
    return case


def all_cases():
    """Name → function of world and repetitions; the slow ones are repeated less."""
    everyone = [c.SCHEMAJOB, c.SCHEMAJOB_JVM, c.PSQL, c.PSQL_WHOLE, c.GOLANG_MIGRATE, c.GOOSE, c.DBMATE, c.FLYWAY_API,
                c.FLYWAY, c.LIQUIBASE, c.ALEMBIC]
    few = [c.SCHEMAJOB, c.PSQL, c.PSQL_WHOLE, c.GOLANG_MIGRATE, c.GOOSE, c.DBMATE, c.FLYWAY_API, c.LIQUIBASE]
    return {
        "vault": lambda w, n: whole_job(w, n),
        "noop-1": lambda w, n: noop(w, "noop-1", "nothing to do, 1 applied", executor_script(w), n),
        "noop-200": lambda w, n: noop(w, "noop-200", "nothing to do, 200 applied", scripts.small(200), n),
        "noop-1000": lambda w, n: noop(
            w, "noop-1000", "nothing to do, 1,000 applied", scripts.nothing(1000), max(3, n // 2),
            [c.SCHEMAJOB, c.SCHEMAJOB_JVM, c.GOLANG_MIGRATE, c.GOOSE, c.DBMATE, c.FLYWAY_API]),
        "noop-10000": lambda w, n: noop_ten_thousand(w, max(3, n // 2)),
        "apply-1": lambda w, n: from_empty(
            w, "apply-1", "1 script from empty (4 tables, 3 indexes)", executor_script(w), n, everyone),
        "apply-200": lambda w, n: from_empty(
            w, "apply-200", "200 scripts from empty", scripts.small(200), max(3, n // 2), everyone),
        "apply-1000": lambda w, n: from_empty(
            w, "apply-1000", "1,000 scripts from empty", scripts.small(1000), max(2, n // 5), few),
        "big": lambda w, n: big_script(w, max(3, n // 3)),
        "verify-2000": lambda w, n: verify(w, max(3, n // 2)),
    }
