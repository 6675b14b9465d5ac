"""What stands before Candour, and between it and PostgreSQL, as it is shipped."""

import re
import socket

import cases
import proxies
from candour import Person, Site
from machines import Postgres, Program, free_port, listens, program, status, wait_until
from proxies import start_haproxy

CODE = "QQQQ-WWWW-EEEE"


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
    def test_leavers_are_not_logged_and_one_process_stands_in_for_the_other(self):
        logged = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(logged.close)
        logged.bind(("127.0.0.1", 0))
        ports = [free_port(), free_port()]
        site = self.until_the_end(Site(cases.BINARY, self.folder, f"sqlite:{self.folder}/candour.db", "https://candour.example.org"))
        one = site.serve(ports[0], "one")
        url = start_haproxy(self, ports, logged.getsockname()[1])
        ask_all_kinds(self, url)
        # What is no request at all.
        with socket.create_connection(("127.0.0.1", int(url.rsplit(":")[-1]))) as rude:
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
        lines = []
        logged.settimeout(20)
        while not lines or "/admin/of-the-end" not in lines[-1]:
            lines.append(logged.recv(65536).decode())
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
        file = proxies.nginx(self.folder, {
            "127.0.0.1:8080": f"127.0.0.1:{behind}", "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        })
        proxy = self.until_the_end(Program("nginx", [program("nginx"), "-c", file], self.folder))
        wait_until("nginx listens", lambda: status(plain, "/") == 301, 30, [proxy])
        ask_all_kinds(self, f"https://127.0.0.1:{port}")
        staff = self.folder / "candour-staff.log"
        wait_until("staff are logged", lambda: "/hr/campaigns" in staff.read_text(), 20, [proxy])
        everything = "".join(file.read_text() for file in self.folder.glob("*.log") if file.name != "candour.log")
        for secret in ("/i/", "/answer", "10.1.2.3"):
            self.assertNotIn(secret, everything)


class PgBouncer(cases.Case):
    def test_candour_works_through_it_on_the_settings_for_postgresql(self):
        server = self.until_the_end(Postgres(self.folder / "postgres"))
        server.ask("CREATE ROLE candour LOGIN PASSWORD 'hush'")
        server.ask("CREATE DATABASE candour OWNER candour")
        hba = server.data / "pg_hba.conf"
        hba.write_text("host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        server.ask("SELECT pg_reload_conf()")
        port, folder = free_port(), self.folder
        file = proxies.pgbouncer(folder, {"port=5432": f"port={server.port}", "listen_port = 6432": f"listen_port = {port}"})
        bouncer = self.until_the_end(Program("pgbouncer", proxies.as_pgbouncer(file), folder))
        wait_until("PgBouncer listens", lambda: listens(port), 30, [bouncer])
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
