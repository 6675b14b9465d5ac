"""The files of what stands before Candour, and before PostgreSQL, made fit for one
machine."""

import os
import re

from machines import DEPLOY, Program, as_server, certificate, free_port, program, shipped, status, wait_until


def as_nobody(text):
    """Only root can become somebody else; whoever is not, stays who they are."""
    return text if os.getuid() == 0 else re.sub(r"^\s*(user|group) haproxy$", "", text, flags=re.M)


def haproxy(name, folder, changes):
    """Either file of HAProxy, with what is not changed otherwise made to fit."""
    if name == "haproxy.cfg":
        fit = {
            "bind :80\n": f"bind 127.0.0.1:{free_port()}\n", "bind :443 ": f"bind 127.0.0.1:{free_port()} ",
            "/etc/haproxy/candour.pem": certificate(folder) / "candour.pem",
            "/etc/haproxy/candour-503.http": DEPLOY / "candour-503.http", "log /dev/log": "log 127.0.0.1:9",
            "candour1.example.org:8080": "127.0.0.1:9", "candour2.example.org:8080": "127.0.0.1:9",
        }
    else:
        fit = {"bind 127.0.0.1:5432": f"bind 127.0.0.1:{free_port()}", "db1.example.org:5432": "127.0.0.1:9",
               "db2.example.org:5432": "127.0.0.1:9"}
    (folder / name).write_text(as_nobody(shipped(name, {**fit, **changes})))
    return folder / name


def start_haproxy(test, candours, log_port=9):
    """deploy/haproxy.cfg before these two; the address of the site."""
    port, plain = free_port(), free_port()
    file = haproxy("haproxy.cfg", test.folder, {
        "bind :80\n": f"bind 127.0.0.1:{plain}\n", "bind :443 ": f"bind 127.0.0.1:{port} ",
        "log /dev/log": f"log 127.0.0.1:{log_port}",
        "candour1.example.org:8080": f"127.0.0.1:{candours[0]}", "candour2.example.org:8080": f"127.0.0.1:{candours[1]}",
    })
    proxy = test.until_the_end(Program("haproxy", [program("haproxy"), "-db", "-f", file], test.folder))
    wait_until("HAProxy listens", lambda: status(plain, "/") == 301, 30, [proxy])
    return f"https://127.0.0.1:{port}"


def nginx(folder, changes):
    """The site, and around it Debian's own settings as far as they concern it."""
    fit = {
        "127.0.0.1:8080": "127.0.0.1:9", "listen 80;": f"listen 127.0.0.1:{free_port()};", "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{free_port()} ssl http2;", "listen [::]:443 ssl http2;": "",
        "candour.example.org": "_", "/etc/ssl/candour": certificate(folder), "/var/log/nginx": folder,
    }
    (folder / "site.conf").write_text(shipped("nginx.conf", {**fit, **changes}))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    (folder / "nginx.conf").write_text(
        f"pid {folder}/nginx.pid; daemon off; events {{}} error_log {folder}/error.log;"
        f"http {{ access_log {folder}/access.log; " + "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
        + f"include {folder}/site.conf; }}")
    return folder / "nginx.conf"


def pgbouncer(folder, changes):
    (folder / "userlist.txt").write_text('"candour" "hush"\n')
    fit = {"/etc/pgbouncer/userlist.txt": folder / "userlist.txt"}
    (folder / "pgbouncer.ini").write_text(shipped("pgbouncer.ini", {**fit, **changes}))
    return folder / "pgbouncer.ini"


def as_pgbouncer(file):
    """It refuses to run as root."""
    return as_server([program("pgbouncer"), str(file)])
