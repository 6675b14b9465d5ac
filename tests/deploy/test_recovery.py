"""Back to a moment, as deploy/README.md says it is done: on deploy/pitr.conf."""

import shutil

import cases
from candour import TEAMS, Person, Site
from machines import Postgres, free_port, owned_by_server, shipped, wait_until


class Recovery(cases.Case):
    def test_the_database_goes_back_to_a_moment_with_what_was_acknowledged_by_then(self):
        archive = owned_by_server(self.folder / "archive")
        changes = {"/var/lib/postgresql/candour-wal": archive}
        server = self.until_the_end(Postgres(self.folder / "postgres", shipped("pitr.conf", changes)))
        server.ask("CREATE DATABASE candour")
        port = free_port()
        site = self.until_the_end(Site(cases.BINARY, self.folder, server_url(server), f"http://127.0.0.1:{port}"))
        serving = site.serve(port, "candour")
        codes = site.set_up(18)

        self.answer(site, codes[:6], TEAMS[0])
        base = owned_by_server(self.folder / "base")
        server.do("pg_basebackup", f"--pgdata={base}/data", "--host=127.0.0.1", f"--port={server.port}", "--username=postgres",
                  "--checkpoint=fast", "--wal-method=none")
        self.answer(site, codes[6:12], TEAMS[1])
        server.ask("SELECT pg_create_restore_point('before the mistake')")
        self.answer(site, codes[12:], TEAMS[2])
        server.ask("SELECT pg_switch_wal()")
        wait_until("all is archived", lambda: server.ask(
            "SELECT last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 1) FROM pg_stat_archiver") == "t", 60)
        serving.stop()
        server.stop("fast")

        # What was there is kept until all is well.
        server.data.rename(server.folder / "data.before")
        shutil.move(base / "data", server.data)
        server.write("also.conf", shipped("pitr.conf", changes) + "recovery_target_name = 'before the mistake'\n"
                     "recovery_target_action = 'promote'\n")
        server.write("recovery.signal", "")
        server.start()
        wait_until("the server has gone back", lambda: server.ask("SELECT pg_is_in_recovery()") == "f", 120)
        site.serve(port, "candour")
        self.assertRegex(site.command("doctor", may_fail=True), "ok +contents")
        # Who answered later is not counted, and can answer again with what they have.
        self.answer(site, codes[12:15], TEAMS[2])
        self.assertEqual(site.release(), (15, {"red": 6, "green": 6, "blue": 3}))

    def answer(self, site, codes, team):
        for n, code in enumerate(codes):
            person = Person(site.public_url, f"10.4.0.{n}")
            person.answer(code, team, "a word")
            self.assertEqual(person.faults, [])


def server_url(server):
    return f"postgres://postgres@127.0.0.1:{server.port}/candour"
