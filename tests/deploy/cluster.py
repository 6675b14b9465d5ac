"""PostgreSQL on two machines that stand in for each other, on deploy/patroni.yml,
etcd.yml and haproxy-primary.cfg."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import proxies
from machines import (DEPLOY, Program, as_server, ask, free_port, owned_by_server, postgres_programs, program,
                      shipped, status, wait_until)

PASSWORD = "PASSWORD-1"


class Node:
    """One machine with PostgreSQL: Patroni, and the server that it keeps."""

    def __init__(self, name, folder, etcd_port):
        self.name, self.folder = name, owned_by_server(folder / name)
        self.port, self.rest = free_port(), free_port()
        settings = self.folder / "config.yml"
        settings.write_text(shipped("patroni.yml", {
            "name: db1\n": f"name: {name}\n",
            "db1.example.org:8008": f"127.0.0.1:{self.rest}", "db1.example.org:5432": f"127.0.0.1:{self.port}",
            "etcd1.example.org:2379,etcd2.example.org:2379,etcd3.example.org:2379": f"127.0.0.1:{etcd_port}",
            "/var/lib/postgresql/15/candour": self.folder / "data", "/usr/lib/postgresql/15/bin": postgres_programs(),
            "/var/lib/postgresql/patroni.pgpass": self.folder / "pgpass", "/var/run/postgresql": self.folder,
            "/etc/candour/postgresql.conf": shutil.copy(DEPLOY / "postgresql.conf", self.folder),
        }))
        self.command = as_server([program("patroni"), str(settings)])
        self.start()

    def start(self):
        self.patroni = Program(f"patroni-{self.name}", self.command, self.folder)

    def is_primary(self):
        return self._is("/primary")

    def is_synchronous(self):
        return self._is("/synchronous")

    def _is(self, role):
        try:
            return status(self.rest, role) == 200
        except OSError:
            return False

    def pull_the_plug(self):
        """All of it dies at once: nothing is flushed, nobody is told."""
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        # Patroni first: it would start the server again.
        for pid in [self.patroni.process.pid, postmaster, *children(postmaster)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.patroni.process.wait()

    def kill_server(self):
        """PostgreSQL alone; Patroni lives."""
        os.kill(int((self.folder / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def stop(self):
        self.patroni.stop()
        if (self.folder / "data" / "postmaster.pid").exists():
            subprocess.run(as_server([str(postgres_programs() / "pg_ctl"), f"--pgdata={self.folder}/data", "--mode=immediate",
                                      "--silent", "stop"]), cwd="/", capture_output=True)


def children(parent):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rsplit(")", 1)[1].split()[1]) == parent:
                found.append(int(stat.parent.name))
        except (OSError, ValueError):
            pass
    return found


class Cluster:
    """etcd (one here; three in earnest), two nodes, and the proxy to the primary."""

    def __init__(self, folder, until_the_end):
        self.folder, self.etcd_port, peers, self.port = folder, free_port(), free_port(), free_port()
        changes = {
            ",etcd2=http://etcd2.example.org:2380,etcd3=http://etcd3.example.org:2380": "",
            "http://etcd1.example.org:2379": f"http://127.0.0.1:{self.etcd_port}",
            "http://etcd1.example.org:2380": f"http://127.0.0.1:{peers}", "/var/lib/etcd/candour": folder / "etcd",
        }
        (folder / "etcd.yml").write_text(shipped("etcd.yml", changes))
        self.etcd = until_the_end(Program("etcd", [program("etcd"), "--config-file", folder / "etcd.yml"], folder))
        wait_until("etcd answers", lambda: status(self.etcd_port, "/health") == 200, 60, [self.etcd])
        one = until_the_end(Node("db1", folder, self.etcd_port))
        wait_until("there is a primary", one.is_primary, 60, [one.patroni])
        two = until_the_end(Node("db2", folder, self.etcd_port))
        self.nodes = [one, two]
        wait_until("a standby has all that is acknowledged", two.is_synchronous, 120, [one.patroni, two.patroni])
        file = proxies.haproxy("haproxy-primary.cfg", folder, {
            "bind 127.0.0.1:5432": f"bind 127.0.0.1:{self.port}", " port 8008": "",
            "db1.example.org:5432": f"127.0.0.1:{one.port} port {one.rest}",
            "db2.example.org:5432": f"127.0.0.1:{two.port} port {two.rest}",
        })
        proxy = [program("haproxy"), "-db", "-f", file]
        self.proxy = until_the_end(Program("haproxy-primary", proxy, folder))
        # Until it has asked them all, it takes each for the primary.
        wait_until("the primary is reached", lambda: all(self.ask("SELECT 1") for _ in range(4)), 60, [self.proxy])
        self.ask("CREATE ROLE candour LOGIN PASSWORD 'hush'")
        self.ask("CREATE DATABASE candour OWNER candour")

    def ask(self, statement, database="postgres"):
        return ask(self.port, statement, database, PASSWORD)

    def primary(self):
        return next(node for node in self.nodes if node.is_primary())

    def log(self):
        return "\n".join(node.patroni.said()[-1500:] for node in self.nodes)
