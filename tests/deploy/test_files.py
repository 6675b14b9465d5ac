"""Each file of deploy/, started."""

import os
import re
import socket
import unittest

import cases
from candour import Person, Site, status
from machines import (DEPLOY, Postgres, Program, as_server, certificate, free_port, program, run, server_user, shipped,
                      wait_until)

CODE = "QQQQ-WWWW-EEEE"


def as_nobody(text):
    """Only root can become somebody else; whoever is not, stays who they are."""
    return text if os.getuid() == 0 else re.sub(r"^\s*(user|group) haproxy$", "", text, flags=re.M)


def ask_all_kinds(test, url):
    """What leavers and members of staff ask for, through a proxy."""
    person = Person(url, "10.1.2.3")
    person.open(f"/i/{CODE}")
    test.assertEqual(person.status, 404)
    person.post("/answer/begin", [("ticket", CODE)])
    person.open(f"/hr/campaigns?{CODE}")
    person.expect("Sign in")
    test.assertEqual(person.faults, [])
    person.close()


class Haproxy(cases.Case):
    def start(self, candours, log_port=None):
        self.port, plain = free_port(), free_port()
        (self.folder / "haproxy.cfg").write_text(as_nobody(shipped("haproxy.cfg", {
            "bind :80\n": f"bind 127.0.0.1:{plain}\n", "bind :443 ": f"bind 127.0.0.1:{self.port} ",
            "/etc/haproxy/candour.pem": certificate(self.folder) / "candour.pem",
            "/etc/haproxy/candour-503.http": DEPLOY / "candour-503.http",
            "log /dev/log": f"log 127.0.0.1:{log_port or free_port()}",
            "candour1.example.org:8080": f"127.0.0.1:{candours[0]}", "candour2.example.org:8080": f"127.0.0.1:{candours[1]}",
        })))
        run([program("haproxy"), "-c", "-f", self.folder / "haproxy.cfg"])
        proxy = self.until_the_end(Program("haproxy", [program("haproxy"), "-db", "-f", self.folder / "haproxy.cfg"], self.folder))
        wait_until("HAProxy listens", lambda: status(plain, "/") == 301, 30, [proxy])
        return f"https://127.0.0.1:{self.port}"

    def test_leavers_are_not_logged_and_one_process_stands_in_for_the_other(self):
        logged = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(logged.close)
        logged.bind(("127.0.0.1", 0))
        ports = [free_port(), free_port()]
        site = self.until_the_end(Site(cases.BINARY, self.folder, f"sqlite:{self.folder}/candour.db", "https://candour.example.org"))
        one = site.serve(ports[0], "one")
        url = self.start(ports, logged.getsockname()[1])
        ask_all_kinds(self, url)
        # What is no request at all.
        with socket.create_connection(("127.0.0.1", self.port)) as rude:
            rude.sendall(f"GET /i/{CODE}\r\n\r\n".encode())
        one.kill()
        person = Person(url, "10.1.2.3")
        person.connection.request("GET", f"/i/{CODE}")
        answer = person.connection.getresponse()
        page = answer.read().decode()
        self.assertEqual((answer.status, answer.getheader("retry-after")), (503, "30"))
        self.assertIn("load this page again", page)
        self.assertIn('lang="cy"', page)
        site.serve(ports[1], "two")
        person.connection.close()
        self.assertEqual(person.open("/healthz").status, 200)
        person.open("/admin/of-the-end").close()
        lines, logged_lines = [], logged
        logged_lines.settimeout(20)
        while not lines or "/admin/of-the-end" not in lines[-1]:
            lines.append(logged_lines.recv(65536).decode())
        text = "\n".join(lines)
        self.assertIn("127.0.0.1 GET /hr/campaigns", text)
        for secret in (CODE, "/i/", "/answer", "healthz", "10.1.2.3"):
            self.assertNotIn(secret, text)
        of_nobody = [line for line in lines if "127.0.0.1" in line.split("]: ", 1)[-1]
                     and not re.search(r"127\.0\.0\.1 \w+ /(hr|admin)", line)]
        self.assertEqual([line for line in of_nobody if "Server " not in line and "backend" not in line], [])


class Nginx(cases.Case):
    def test_leavers_are_not_logged(self):
        port, plain, behind = free_port(), free_port(), free_port()
        site = self.until_the_end(Site(cases.BINARY, self.folder, f"sqlite:{self.folder}/candour.db", "https://candour.example.org"))
        site.serve(behind, "candour")
        (self.folder / "site.conf").write_text(shipped("nginx.conf", {
            "127.0.0.1:8080": f"127.0.0.1:{behind}",
            "listen 80;": f"listen 127.0.0.1:{plain};", "listen [::]:80;": "",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;", "listen [::]:443 ssl http2;": "",
            "candour.example.org": "_", "/etc/ssl/candour": certificate(self.folder), "/var/log/nginx": self.folder,
        }))
        # Debian's own, as far as it concerns this site.
        (self.folder / "nginx.conf").write_text(
            f"pid {self.folder}/nginx.pid; daemon off; events {{}} error_log {self.folder}/error.log;"
            f"http {{ access_log {self.folder}/access.log; "
            + "".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
            + f"include {self.folder}/site.conf; }}")
        command = [program("nginx"), "-c", self.folder / "nginx.conf"]
        run([*command, "-t"])
        proxy = self.until_the_end(Program("nginx", command, self.folder))
        wait_until("nginx listens", lambda: status(plain, "/") == 301, 30, [proxy])
        ask_all_kinds(self, f"https://127.0.0.1:{port}")
        staff = self.folder / "candour-staff.log"
        wait_until("staff are logged", lambda: "/hr/campaigns" in staff.read_text(), 20, [proxy])
        everything = "".join(file.read_text() for file in self.folder.glob("*.log") if file.name != "candour.log")
        for secret in ("/i/", "/answer", "10.1.2.3"):
            self.assertNotIn(secret, everything)


class Systemd(cases.Case):
    def unit(self):
        changed = shipped("candour.service", {"/usr/local/bin/candour": cases.BINARY, "/etc/candour/candour.toml": DEPLOY / "candour.example.toml"})
        (self.folder / "candour.service").write_text(changed)
        return self.folder / "candour.service"

    def test_the_unit_is_right_and_keeps_what_it_starts_to_itself(self):
        systemd = program("systemd-analyze")
        said = run([systemd, "verify", "--man=no", "--recursive-errors=no", self.unit()], and_errors=True)
        self.assertNotIn("candour.service", said)
        said = run([systemd, "security", "--offline=true", "--no-pager", "--threshold=20", self.unit()])
        exposure = float(re.search(r"exposure level for candour\.service: ([\d.]+)", said)[1])
        self.assertLessEqual(exposure, 2.0, said)


class Container(unittest.TestCase):
    """No image can be fetched here: what it is built of is held to what there is."""

    def test_its_commands_and_paths_are_there(self):
        text = (DEPLOY / "Containerfile").read_text()
        stages = text.split("\nFROM ")[1:]
        self.assertEqual(len(stages), 2)
        self.assertIn("cargo build --release --locked", stages[0])
        source, target = re.search(r"COPY --from=build (\S+) (\S+)", stages[1]).groups()
        self.assertEqual((source, target), ("/src/target/release/candour", "/usr/local/bin/candour"))
        wanted = re.search(r'^rust-version = "([\d.]+)"', (DEPLOY.parent / "Cargo.toml").read_text(), re.M)[1]
        had = re.search(r"rust:([\d.]+)-", text)[1]
        self.assertGreaterEqual(tuple(map(int, had.split("."))), tuple(map(int, wanted.split(".")))[:2])
        words = re.search(r"^CMD \[(.*)\]", text, re.M)[1].replace('"', "").split(", ")
        self.assertEqual(words[0], "candour")
        run([cases.BINARY, *words[1:], "--help"])
        home = re.search(r"^VOLUME (\S+)", text, re.M)[1]
        for path in re.findall(r"CANDOUR_(?:DATABASE|KEY_FILE|MAIL_FOLDER)=(?:sqlite:)?(\S+)", text):
            self.assertTrue(path.startswith(home + "/"), path)

    def test_it_serves_with_its_own_settings(self):
        with cases.scratch() as folder:
            text = (DEPLOY / "Containerfile").read_text()
            settings = dict(re.findall(r"(CANDOUR_[A-Z_]+)=([^\s\\]+)", text.split("\nENV ")[1]))
            home, port = re.search(r"^VOLUME (\S+)", text, re.M)[1], free_port()
            settings = {name: value.replace(home, str(folder)) for name, value in settings.items()}
            settings["CANDOUR_LISTEN"] = settings["CANDOUR_LISTEN"].replace("0.0.0.0:8080", f"127.0.0.1:{port}")
            serving = Program("candour", [cases.BINARY, "serve"], folder, settings)
            try:
                wait_until("it serves", lambda: status(port, "/readyz") == 200, 60, [serving])
            finally:
                serving.stop()


class PgBouncer(cases.Case):
    def test_candour_works_through_it_on_the_settings_for_postgresql(self):
        server = self.until_the_end(Postgres(self.folder / "postgres"))
        server.ask("CREATE ROLE candour LOGIN PASSWORD 'hush'")
        server.ask("CREATE DATABASE candour OWNER candour")
        hba = server.data / "pg_hba.conf"
        hba.write_text("host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        server.ask("SELECT pg_reload_conf()")
        port, folder = free_port(), self.folder
        (folder / "userlist.txt").write_text('"candour" "hush"\n')
        (folder / "pgbouncer.ini").write_text(shipped("pgbouncer.ini", {
            "port=5432": f"port={server.port}", "listen_port = 6432": f"listen_port = {port}",
            "/etc/pgbouncer/userlist.txt": folder / "userlist.txt",
        }))
        bouncer = self.until_the_end(Program("pgbouncer", as_server([program("pgbouncer"), folder / "pgbouncer.ini"]), folder))

        def listens():
            socket.create_connection(("127.0.0.1", port), 5).close()
            return True

        wait_until("PgBouncer listens", listens, 30, [bouncer])
        served = free_port()
        site = self.until_the_end(Site(cases.BINARY, folder, f"postgres://candour:hush@127.0.0.1:{port}/candour", f"http://127.0.0.1:{served}"))
        site.serve(served, "candour")
        # A second process, so that sessions are shared out anew.
        site.serve(free_port(), "another")
        codes = site.set_up(6)
        for n, code in enumerate(codes):
            person = Person(site.public_url, f"10.4.0.{n}")
            person.answer(code, "red", "a word")
            self.assertEqual(person.faults, [])
        self.assertEqual(site.release(), (6, {"red": 6, "green": 0, "blue": 0}))
        # It finds fault with an address without TLS, but not with the server.
        said = site.command("doctor", may_fail=True)
        self.assertRegex(said, "ok +server")
        self.assertNotIn("PostgreSQL:", said)
        log = (server.folder / "server.log").read_text()
        self.assertNotIn("spent_ticket", log)


if __name__ == "__main__":
    unittest.main()
