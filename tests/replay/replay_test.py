#!/usr/bin/env python3
"""`guichet replay` as a program: what it refuses, what it writes, what the report says of it.

usage: replay_test.py BIN_DIR
"""
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

DATA = pathlib.Path(__file__).parent / "data"
BIN = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()

# Line of faults.csv -> what its sentence must say.
FAULTS = {
    3: "has 9 fields, not 10",
    4: "service 'weddings' is not in the site",
    5: "counter '9' is not in the site",
    6: "priority 'royal' is not a priority class",
    8: "outcome 'vanished' is not",
    9: "arrived is empty",
    10: "arrived 'yesterday' is not a date and time",
    11: "arrived '2026-02-30T09:00:00' is not a date and time",
    12: "arrived '2026-03-29T02:30:00' does not exist",
    13: "arrived '2026-10-25T02:30:00' happened twice",
    14: "called '2026-11-23T08:59:59' is before arrived '2026-11-23T09:00:00'",
    15: "started '2026-11-23T09:04:00' is before called '2026-11-23T09:05:00'",
    16: "finished '2026-11-23T09:05:00' is before started '2026-11-23T09:05:30'",
    17: "left '2026-11-23T08:00:00' is before arrived '2026-11-23T09:00:00'",
    19: "finished is empty, but the outcome is 'served'",
    20: "called is '2026-11-23T09:05:00', but the outcome is 'abandoned'",
    21: "called '2026-11-23T09:05:00' stands there without a counter",
    22: "counter '2' stands there without called",
    23: "while counter '1' still has visit 'g1' of line 2",
    24: "visit 'g1' is on line 2 already",
}


class Replay(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def run_replay(self, log, *more):
        return subprocess.run(
            [str(BIN / "guichet"), "replay", str(log), "--site", str(DATA / "site.conf"),
             "--journal", str(self.path / "day.db"), *map(str, more)],
            capture_output=True, text=True, check=False)

    def report(self, day, *more):
        subprocess.run([str(BIN / "guichet-report"), "--journal", str(self.path / "day.db"),
                        "--day", day, "--json", str(self.path / "report.json"), *more],
                       check=True)
        return json.loads((self.path / "report.json").read_text(encoding="utf-8"))

    def assert_nothing_written(self):
        self.assertEqual([p.name for p in self.path.iterdir() if p.name != "log.csv"], [])

    def write(self, *rows):
        log = self.path / "log.csv"
        header = (DATA / "day.csv").read_text(encoding="utf-8").splitlines()[0]
        log.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
        return log

    def test_exactly_the_twenty_faulty_lines_are_refused(self):
        self.assertEqual(len(FAULTS), 20)
        result = self.run_replay(DATA / "faults.csv", "--estimates", self.path / "e.csv")
        self.assertEqual(result.returncode, 2)
        said = re.findall(r"faults\.csv:(\d+): (.*)", result.stderr)
        self.assertEqual([int(line) for line, _ in said], sorted(FAULTS))
        for line, sentence in said:
            self.assertIn(FAULTS[int(line)], sentence)
        self.assertIn("20 rows are refused; nothing was written", result.stderr)
        self.assert_nothing_written()

    def test_the_other_rows_of_that_file_are_possible(self):
        lines = (DATA / "faults.csv").read_text(encoding="utf-8").splitlines()
        good = [line for number, line in enumerate(lines[1:], 2) if number not in FAULTS]
        result = self.run_replay(self.write(*good))
        self.assertEqual(result.returncode, 0, result.stderr)
        figures = self.report("2026-11-23")["visits"]
        self.assertEqual((figures["offered"], figures["served"], figures["abandoned"]), (4, 3, 1))

    def test_faults_of_counters_are_listed_with_their_lines(self):
        result = self.run_replay(DATA / "day.csv", "--counters", DATA / "counter-faults.csv")
        self.assertEqual(result.returncode, 2)
        lines = [int(n) for n in re.findall(r"counter-faults\.csv:(\d+):", result.stderr)]
        self.assertEqual(lines, [3, 4, 5, 6])
        self.assertRegex(result.stderr, r"day\.csv:5: counter '2' is not open from called")
        self.assert_nothing_written()

    def test_days_follow_each_other(self):
        open_row = "a,passports,,2026-11-23T09:00:00,,,,,,waiting"
        next_day = "b,passports,,2026-11-24T09:00:00,,,,,2026-11-24T09:05:00,abandoned"
        late = "c,passports,,2026-11-23T23:59:00,,,,,2026-11-24T09:01:00,abandoned"
        after_midnight = "d,passports,,2026-11-23T23:59:00,,,,,2026-11-24T00:01:00,abandoned"
        for row, sentence in ((open_row, "business day 20261124 follows"),
                              (late, "ends after business day 20261124 has begun")):
            result = self.run_replay(self.write(row, next_day))
            self.assertEqual(result.returncode, 2)
            self.assertRegex(result.stderr, rf"log\.csv:2: .*{sentence}")
            self.assert_nothing_written()
        result = self.run_replay(self.write(after_midnight, next_day))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.report("2026-11-23")["visits"]["abandoned"], 1)

    def test_night_closes_whoever_is_left(self):
        rows = ["a,passports,,2026-11-23T09:00:00,,,,,2026-11-23T17:00:00,closed-at-night",
                "b,passports,,2026-11-23T09:01:00,,,,,2026-11-23T16:00:00,closed-at-night"]
        result = self.run_replay(self.write(*rows))
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r"log\.csv:3: left '2026-11-23T16:00:00' is before")
        result = self.run_replay(self.write(rows[0], "c,passports,,2026-11-23T10:00:00,,,,,,waiting"))
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r"log\.csv:3: .*the business day was closed, see line 2")
        self.assert_nothing_written()

    def test_a_day_with_every_outcome_is_reported_as_it_was(self):
        for more in ((), ("--counters", DATA / "counters.csv")):
            with self.subTest(more=more):
                (self.path / "day.db").unlink(missing_ok=True)
                result = self.run_replay(DATA / "day.csv", *more)
                self.assertEqual(result.returncode, 0, result.stderr)
                document = self.report("2026-11-23")
                visits = document["visits"]
                counts = {name: visits[name] for name in (
                    "offered", "served", "abandoned", "no_show", "cancelled", "closed_at_night",
                    "waiting")}
                self.assertEqual(counts, {"offered": 8, "served": 5, "abandoned": 1, "no_show": 1,
                                          "cancelled": 2, "closed_at_night": 1, "waiting": 0})
                self.assertEqual(document["clocks"], ["replay"])
                # Waits of the served: 0, 300, 240, 30 and 1920 s; T is 600 and 1200 s.
                self.assertAlmostEqual(visits["wait"]["mean_s"], 498.0)
                self.assertAlmostEqual(visits["wait"]["median_s"], 240.0)
                self.assertAlmostEqual(visits["wait"]["longest_s"], 1920.0)
                self.assertAlmostEqual(visits["standard_percent"]["F3"], 100 * 4 / 8)
                self.assertAlmostEqual(visits["standard_percent"]["F2"], 100 * 4 / 5)
                # v03 has no start: its walk and service were not measured.
                self.assertEqual(visits["walk"]["count"], 4)
                self.assertAlmostEqual(visits["walk"]["mean_s"], (20 + 0 + 30.5 + 10) / 4)

    def test_the_last_day_stays_open_and_needs_live(self):
        result = self.run_replay(DATA / "day.csv")
        self.assertEqual(result.returncode, 0, result.stderr)
        closed = subprocess.run(
            [str(BIN / "guichet-report"), "--journal", str(self.path / "day.db"), "--day",
             "2026-11-24", "--json", str(self.path / "r.json")],
            capture_output=True, text=True, check=False)
        self.assertEqual(closed.returncode, 1)
        self.assertIn("still open", closed.stderr)
        document = self.report("2026-11-24", "--live")
        self.assertTrue(document["provisional"])
        visits = document["visits"]
        self.assertEqual((visits["served"], visits["at_counter"], visits["waiting"]), (1, 2, 1))
        self.assertTrue(document["intervals"][0]["provisional"])

    def test_estimates_know_only_the_past(self):
        result = self.run_replay(DATA / "day.csv", "--counters", DATA / "counters.csv",
                                 "--estimates", self.path / "e.csv")
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(self.path / "e.csv", encoding="utf-8", newline="") as file:
            rows = {row["visit"]: row for row in csv.DictReader(file)}
        self.assertEqual(len(rows), 14)
        # v01: counters 1 and 2 are free and nobody is ahead.
        self.assertEqual([rows["v01"][name] for name in ("ahead", "open_counters",
                                                         "quoted_mean_s", "actual_wait_s")],
                         ["0", "2", "0", "0"])
        # v05: v02 and v03 wait; counter 1 and 2 serve; nothing was finished yet, so a service
        # is 300 s long: (2 + 1) x 300 / 2.
        self.assertEqual(rows["v05"]["ahead"], "2")
        self.assertEqual(rows["v05"]["quoted_mean_s"], "450")
        self.assertEqual(rows["v05"]["actual_wait_s"], "")
        # v06 has a head start of 15 minutes: it stands before everybody who waits.
        self.assertEqual(rows["v06"]["ahead"], "0")
        # v10 comes when counter 1 is closed and 2 is free; v14: the same as told.
        self.assertEqual(rows["v10"]["ahead"], "0")

    def test_without_counters_nobody_open_is_the_position_only(self):
        result = self.run_replay(DATA / "day.csv", "--estimates", self.path / "e.csv")
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(self.path / "e.csv", encoding="utf-8", newline="") as file:
            rows = {row["visit"]: row for row in csv.DictReader(file)}
        self.assertEqual(rows["v01"]["open_counters"], "0")
        self.assertEqual(rows["v01"]["quoted_mean_s"], "")
        self.assertEqual(rows["v02"]["open_counters"], "1")
        self.assertEqual(rows["v02"]["quoted_mean_s"], "300")

    def test_the_same_log_gives_the_same_journal_of_events(self):
        hashes = []
        for _ in range(2):
            (self.path / "day.db").unlink(missing_ok=True)
            self.assertEqual(self.run_replay(DATA / "day.csv").returncode, 0)
            hashes.append(self.report("2026-11-23"))
        self.assertEqual(hashes[0], hashes[1])

    def test_a_journal_is_never_overwritten(self):
        self.assertEqual(self.run_replay(DATA / "day.csv").returncode, 0)
        before = (self.path / "day.db").read_bytes()
        again = self.run_replay(DATA / "day.csv")
        self.assertEqual(again.returncode, 2)
        self.assertIn("exists already", again.stderr)
        self.assertEqual((self.path / "day.db").read_bytes(), before)

    def test_bad_files_and_command_lines_get_one_sentence(self):
        for arguments, code, sentence in (
                (["nowhere.csv", "--site", DATA / "site.conf", "--journal", "x"], 1, "nowhere.csv"),
                ([DATA / "day.csv", "--journal", "x"], 2, "'--site'"),
                ([DATA / "day.csv", "--sight", "x"], 2, "'--sight'"),
                ([DATA / "site.conf", "--site", DATA / "site.conf", "--journal", "x"], 2,
                 "the first line is not 'visit,service,")):
            result = subprocess.run([str(BIN / "guichet"), "replay", *map(str, arguments)],
                                    capture_output=True, text=True, check=False, cwd=self.path)
            self.assertEqual(result.returncode, code, result.stderr)
            self.assertIn(sentence, result.stderr)
            self.assert_nothing_written()

    def test_malformed_text_is_refused_at_its_line(self):
        log = self.write('q,"passports"x,,2026-11-23T09:00:00,,,,,2026-11-23T09:05:00,abandoned')
        with open(log, "ab") as file:
            file.write(b"u\xff,passports,,2026-11-23T09:00:00,,,,,2026-11-23T09:05:00,abandoned\n")
            file.write(b'o,"passports,,2026-11-23T09:00:00,,,,,2026-11-23T09:05:00,abandoned\n')
        result = self.run_replay(log)
        self.assertEqual(result.returncode, 2)
        self.assertEqual(re.findall(r"log\.csv:(\d+): ", result.stderr), ["2", "3", "4"])

    def test_quoted_fields_and_windows_lines_are_read(self):
        log = self.write('"a ""b"", c",passports,,2026-11-23T09:00:00,,,,,2026-11-23T09:05:00,'
                         'abandoned')
        log.write_bytes(b"\xef\xbb\xbf" + log.read_bytes().replace(b"\n", b"\r\n"))
        result = self.run_replay(log, "--estimates", self.path / "e.csv")
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(self.path / "e.csv", encoding="utf-8", newline="") as file:
            self.assertEqual([row["visit"] for row in csv.DictReader(file)], ['a "b", c'])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
