"""Each file of deploy/ is read by the program that it is for, in seconds."""

import re
import unittest

import cases
import proxies
from machines import DEPLOY, Program, certificate, free_port, listens, program, run, shipped, status, wait_until


class Proxies(cases.Case):
    def test_the_files_are_right(self):
        for name in ("haproxy.cfg", "haproxy-primary.cfg"):
            said = run([program("haproxy"), "-c", "-f", proxies.haproxy(name, self.folder, {})], and_errors=True)
            self.assertIn("valid", said)
            self.assertNotIn("WARNING", said)
        run([program("nginx"), "-c", proxies.nginx(self.folder, {}), "-t"])

    def test_pgbouncer_starts(self):
        port = free_port()
        file = proxies.pgbouncer(self.folder, {"listen_port = 6432": f"listen_port = {port}"})
        bouncer = self.until_the_end(Program("pgbouncer", proxies.as_pgbouncer(file), self.folder))
        wait_until("PgBouncer listens", lambda: listens(port), 30, [bouncer])


class Systemd(cases.Case):
    def unit(self):
        changed = shipped("candour.service", {"/usr/local/bin/candour": cases.BINARY, "/etc/candour/candour.toml": DEPLOY / "candour.example.toml"})
        (self.folder / "candour.service").write_text(changed)
        return self.folder / "candour.service"

    def test_it_is_started_again_for_as_long_as_the_database_is_away(self):
        text = (DEPLOY / "candour.service").read_text()
        self.assertRegex(text, r"(?s)\[Unit\].*\nStartLimitIntervalSec=0\n.*\[Service\].*\nRestart=on-failure\n")
        away = ["env", f"CANDOUR_DATABASE=postgres://candour@127.0.0.1:{free_port()}/candour", f"CANDOUR_KEY_FILE={self.folder}/key",
                cases.BINARY, "serve"]
        with self.assertRaisesRegex(AssertionError, "the database cannot be reached"):
            run(away)

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
