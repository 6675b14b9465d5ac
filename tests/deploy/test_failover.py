"""Two `candour serve` behind HAProxy, on two PostgreSQL: what is killed takes nothing
with it that was acknowledged."""

import time

import cases
from candour import TEAMS, Crowd, Person, Site
from cluster import Cluster
from machines import free_port, wait_until
from proxies import start_haproxy

# As deploy/README.md says.
WITHIN = {"a process of Candour": 10, "PostgreSQL": 60, "the machine of the primary": 60}


class Failover(cases.Case):
    def test_what_was_acknowledged_is_there_once_whatever_was_killed(self):
        cluster = Cluster(self.folder, self.until_the_end)
        ports = [free_port(), free_port()]
        url = start_haproxy(self, ports)
        database = f"postgres://candour:hush@127.0.0.1:{cluster.port}/candour"
        site = self.until_the_end(Site(cases.BINARY, self.folder, database, url))
        processes = [site.serve(port, f"candour{n}") for n, port in enumerate(ports, 1)]
        codes = site.set_up(700)
        crowd = Crowd(url, codes)
        wait_until("leavers come", lambda: len(crowd.thanked) >= 20, 60)

        gaps = {}
        gaps["a process of Candour"] = self.until_it_goes_on(crowd, processes[0].kill)
        site.serve(ports[0], "candour3")
        first = cluster.primary()
        gaps["PostgreSQL"] = self.until_it_goes_on(crowd, first.kill_server)
        wait_until("a standby has all again", lambda: any(node.is_synchronous() for node in cluster.nodes), 120)
        first = cluster.primary()
        gaps["the machine of the primary"] = self.until_it_goes_on(crowd, first.pull_the_plug)
        self.assertIsNot(cluster.primary(), first, "the standby has taken over")
        # The machine comes back: as a standby, without what only it had.
        first.start()
        wait_until("it stands by again", first.is_synchronous, 180, [first.patroni])
        crowd.finish()

        self.assertEqual((crowd.failures, crowd.faults), ([], []))
        self.assertGreater(len(crowd.codes), 0, "the leavers ran out before the end")
        print(f"\n{len(crowd.thanked)} were thanked; longest time without an answer: "
              + ", ".join(f"{what} killed: {gap:.1f} s" for what, gap in gaps.items()))
        rows = cluster.ask("SELECT count(*), count(DISTINCT ticket_hash) FROM spent_ticket", "candour")
        self.assertEqual(rows, f"{len(crowd.thanked)}|{len(crowd.thanked)}")
        self.assertEqual(site.release(), (len(crowd.thanked), crowd.teams()))
        for what, gap in gaps.items():
            self.assertLess(gap, WITHIN[what], what)
        # What was promoted has it all as well: the other way round once more.
        wait_until("it stands by still", first.is_synchronous, 60)
        cluster.primary().pull_the_plug()
        wait_until("the first is the primary again", first.is_primary, 120, [first.patroni])
        wait_until("it is reached", lambda: cluster.ask("SELECT 1") == "1", 60)
        self.assertEqual(site.released(), (len(crowd.thanked), crowd.teams()))

    def until_it_goes_on(self, crowd, kill):
        """For how long nobody was thanked, at most, after something was killed: until
        three for each of those who answer at a time have been."""
        killed, before = time.monotonic(), len(crowd.thanked)
        kill()
        wait_until("leavers are thanked again", lambda: len(crowd.thanked) >= before + 4 + 12, 150)
        return crowd.longest_gap(killed)


class Alone(cases.Case):
    """The databases that a client is given a choice of, without a proxy."""

    def test_libpq_finds_the_primary_by_itself(self):
        cluster = Cluster(self.folder, self.until_the_end)
        one, two = (node.port for node in cluster.nodes)
        port = free_port()
        database = f"postgres://candour:hush@127.0.0.1:{one},127.0.0.1:{two}/candour?target_session_attrs=read-write&connect_timeout=3"
        site = self.until_the_end(Site(cases.BINARY, self.folder, database, f"http://127.0.0.1:{port}"))
        site.serve(port, "candour")
        codes = site.set_up(8)
        for n, code in enumerate(codes[:4]):
            Person(site.public_url, f"10.4.0.{n}").answer(code, TEAMS[0], "a word")
        wait_until("a standby has all", cluster.nodes[1].is_synchronous, 60)
        cluster.nodes[0].pull_the_plug()
        for n, code in enumerate(codes[4:]):
            person = Person(site.public_url, f"10.4.1.{n}")
            person.answer(code, TEAMS[1], "a word")
            self.assertEqual(person.faults, [])
        self.assertEqual(site.release(), (8, {"red": 4, "green": 4, "blue": 0}))
