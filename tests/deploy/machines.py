"""Programs as an operator starts them, on the files of deploy/ as they are shipped: only
ports, folders and names are other ones."""

import http.client
import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
# Debian has servers in folders that not every account looks into.
PATH = os.environ["PATH"] + ":/usr/local/sbin:/usr/sbin:/sbin"
PACKAGES = {
    "nginx": "nginx", "haproxy": "haproxy", "pgbouncer": "pgbouncer", "patroni": "patroni", "etcd": "etcd-server",
    "openssl": "openssl", "systemd-analyze": "systemd",
}


class Missing(Exception):
    """Something is not installed; a test never passes because of that."""


def program(name):
    found = shutil.which(name, path=PATH)
    if not found:
        raise Missing(f"{name} is missing: apt-get install {PACKAGES[name]}, or use tests/run, which installs it")
    return found


def postgres_programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[4]))
    if not found:
        raise Missing("PostgreSQL is missing: apt-get install postgresql, or use tests/run, which installs it")
    return found[-1]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def shipped(name, changes):
    """A file of deploy/ with these words replaced; one that is not in it is a mistake."""
    text = (DEPLOY / name).read_text()
    for old, new in changes.items():
        if old not in text:
            raise AssertionError(f"deploy/{name} has no {old!r} any more: the tests of it must be told")
        text = text.replace(old, str(new))
    left = [line for line in text.splitlines() if "example.org" in line and not line.lstrip().startswith(("#", ";"))]
    if left:
        raise AssertionError(f"deploy/{name}: {left[0]!r} was not replaced")
    return text


def wait_until(what, condition, limit=60, alive=()):
    """Waits until it is so; how long it took. Fails at once when a program of `alive`
    has ended."""
    begun = time.monotonic()
    while time.monotonic() - begun < limit:
        try:
            if condition():
                return time.monotonic() - begun
        except (OSError, RuntimeError):
            pass
        for one in alive:
            if one.process.poll() is not None:
                raise AssertionError(f"{one.name} ended while waiting until {what}:\n{one.said()[-3000:]}")
        time.sleep(0.1)
    raise AssertionError(f"not after {limit} s: {what}\n" + "\n".join(one.said()[-2000:] for one in alive))


def status(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def listens(port):
    socket.create_connection(("127.0.0.1", port), 5).close()
    return True


def server_user():
    """Who owns PostgreSQL's files: it refuses to run as root."""
    if os.getuid() != 0:
        return None
    known = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def as_server(command):
    user = server_user()
    if not user:
        return command
    group = pwd.getpwnam(user).pw_gid
    return ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", "env", "HOME=/tmp", *command]


def owned_by_server(folder):
    folder.mkdir(parents=True, exist_ok=True)
    if server_user():
        shutil.chown(folder, server_user())
    folder.chmod(0o700)
    return folder


class Program:
    """One that runs until it is stopped, or killed, with all that it started."""

    def __init__(self, name, command, folder, environment=None):
        self.name, self.command, self.log = name, [str(word) for word in command], folder / f"{name}.log"
        self.environment = {"PATH": PATH, **(environment or {})}
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            self.command, cwd="/", env=self.environment, stdin=subprocess.DEVNULL, stdout=self.log.open("ab"),
            stderr=subprocess.STDOUT, start_new_session=True,
        )

    def said(self):
        return f"{self.name}: {self.log.read_text(errors='replace')}"

    def kill(self):
        """SIGKILL, to it alone."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()


def run(command, and_errors=False, may_fail=False):
    """What it prints; with what it says besides, if that is wanted."""
    done = subprocess.run([str(word) for word in command], cwd="/", env={"PATH": PATH}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True)
    if done.returncode and not may_fail:
        said = (done.stdout + done.stderr)[-3000:]
        raise AssertionError(f"{' '.join(map(str, command))}: {done.returncode}\n{said}")
    return done.stdout + done.stderr if and_errors else done.stdout


def certificate(folder):
    """A certificate of its own for each test, in the two forms that proxies want."""
    run([program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=candour.example.org", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"])
    both = (folder / "fullchain.pem").read_text() + (folder / "privkey.pem").read_text()
    (folder / "candour.pem").write_text(both)
    return folder


class Postgres:
    """A server of its own, on deploy/postgresql.conf."""

    def __init__(self, folder, also=""):
        self.folder, self.data, self.port = owned_by_server(folder), folder / "data", free_port()
        self.do("initdb", f"--pgdata={self.data}", "--username=postgres", "--auth=trust", "--encoding=UTF8",
                "--locale=C.UTF-8")
        self.write("candour.conf", (DEPLOY / "postgresql.conf").read_text())
        self.write("also.conf", also)
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = '{folder}'\n")
            settings.write("include 'candour.conf'\ninclude 'also.conf'\n")
        self.start()

    def write(self, name, text):
        (self.data / name).write_text(text)
        if server_user():
            shutil.chown(self.data / name, server_user())

    def do(self, name, *arguments):
        return run(as_server([postgres_programs() / name, *arguments]))

    def start(self):
        try:
            # Not through a pipe: the server would keep it open.
            subprocess.run(as_server([str(postgres_programs() / "pg_ctl"), f"--pgdata={self.data}", "--wait", "--silent",
                                      "--timeout=120", f"--log={self.folder}/server.log", "start"]),
                           cwd="/", env={"PATH": PATH}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, check=True)
        except subprocess.CalledProcessError:
            raise AssertionError((self.folder / "server.log").read_text()[-3000:]) from None

    def ask(self, statement, database="postgres"):
        return ask(self.port, statement, database)

    def stop(self, how="immediate"):
        self.do("pg_ctl", f"--pgdata={self.data}", f"--mode={how}", "--silent", "stop")


def ask(port, statement, database="postgres", password=""):
    """psql's answer, without frills."""
    done = subprocess.run(
        [postgres_programs() / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(port), "-U",
         "postgres", "-c", statement, database],
        env={"PATH": PATH, "PGPASSWORD": password, "PGCONNECT_TIMEOUT": "5", "PGTARGETSESSIONATTRS": "read-write"}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{statement}: {done.stderr}")
    return done.stdout.strip()
