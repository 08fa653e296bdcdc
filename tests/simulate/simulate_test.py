#!/usr/bin/env python3
"""`guichet simulate` as a program: what it refuses, what it prints, and a published reference.

usage: simulate_test.py BIN_DIR [DAYS [SEED]]

With DAYS only the published reference is played, for that many days, and its table printed;
1000 days are what was published.
"""
import csv
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
MSK = HERE / "simple-msk"
BIN = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
PUBLISHED_DAYS = 1000

# Days of the short test, and how many standard errors of the difference of both means it allows:
# 13 figures are outside together less than once in 100,000 choices of the seed.
DAYS = 200
ERRORS = 5.0


def run(*words):
    return subprocess.run([str(BIN / "guichet"), "simulate", *map(str, words)],
                          capture_output=True, text=True, check=False)


def key(row):
    return tuple(row[name] for name in ("figure", "service", "period", "group"))


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def reference(folder, days, seed):
    """Rows: key, published mean and limits, our mean and limits."""
    path = pathlib.Path(folder) / "msk.csv"
    done = run("--site", MSK / "site.conf", "--load", MSK / "load.conf", "--days", days,
               "--seed", seed, "--csv", path)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    ours = {key(row): row for row in read_csv(path)}
    rows = []
    for row in read_csv(MSK / "published.csv"):
        own = ours[key(row)]
        rows.append((" ".join(part for part in key(row) if part),
                     [float(row[name]) for name in ("published", "low", "high")],
                     [float(own[name]) for name in ("mean", "low", "high")]))
    return rows


def print_reference(days, seed):
    with tempfile.TemporaryDirectory() as folder:
        rows = reference(folder, days, seed)
    outside = 0
    print(f"{'':32}{'published':>10}{'from':>10}{'to':>10}{'simulated':>11}{'from':>10}{'to':>10}")
    for name, published, ours in rows:
        is_inside = published[1] <= ours[0] <= published[2]
        outside += not is_inside
        print(f"{name:32}" + "".join(f"{x:10.2f}" for x in published) + f"{ours[0]:11.2f}"
              + "".join(f"{x:10.2f}" for x in ours[1:]) + ("" if is_inside else "  outside"))
    print(f"{days} days, seed {seed}: {len(rows) - outside} of {len(rows)} means inside the "
          "published 95 % intervals")
    return 1 if outside else 0


class Simulate(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def play(self, text, *more):
        load = self.path / "load.conf"
        load.write_text(text, encoding="utf-8")
        return run("--site", MSK / "site.conf", "--load", load, *more)

    def test_the_published_reference_is_met(self):
        # A published half width is 1.96 standard errors of 1,000 days; a mean of fewer days has
        # an error larger by sqrt(1000 / days). Rounding of the published shares: half a digit.
        for name, published, ours in reference(self.path, DAYS, 1):
            error = (published[2] - published[1]) / 2 / 1.96
            error *= math.sqrt(1 + PUBLISHED_DAYS / DAYS)
            self.assertLess(abs(ours[0] - published[0]), ERRORS * error + 0.05, name)

    def test_what_is_wrong_is_listed_with_its_line(self):
        text = (MSK / "load.conf").read_text(encoding="utf-8")
        wrongs = {
            "staff = 12 18 9": ("staff = 12 19 9", r"\[group group0\] staff: '19' in period 'p2' is "
                                r"more than the group's 18 counters"),
            "from = 10:00": ("from = 10:30", r"\[period p2\] from: the period does not begin at "
                             r"10:00, where 'p1' ends"),
            "groups = group0 group1": ("groups = group2", r"groups: there is no group 'group2'"),
            "arrivals_per_hour = 252 318 192": ("arrivals_per_hour = 252 318", r"has 2 values, but "
                                                r"there are 3 periods"),
            "patience_s_in_period.p2": ("patience_s_in_period.p9", r"there is no period 'p9'"),
            "service_s = exponential 120": ("service_s = log-normal 120", r"log-normal is followed by "
                                            r"its mean in seconds and its coefficient"),
            "[service type2]": ("[service type9]", r"the site has no service 'type9'"),
            "to = 14:00": ("to = 49:00", r"'49:00' is not a time from 00:00 to 48:00"),
            "to = 12:00": ("to = 10:00", r"the period ends before it begins"),
            "patience_s = exponential 200": ("patience_s = uniform 300 200",
                                             r"the numbers of uniform do not rise"),
            "leavers_are_seen = yes": ("waiting_places = some", r"waiting_places: 'some' is not a number"),
            "service_s_in_period.p3 = exponential 150": (
                "service_s_in_period.p3 = exponential 150 or 3", r"exponential is followed by its mean"),
            "patience_s_in_period.p3 = exponential 300": (
                "patience_s_in_period.p3 = file none.csv s", r"cannot open the file 'none\.csv'"),
            "arrivals_per_hour = 306 258 288": ("gaps = normal 1 1", r"cannot be the shape of gaps"),
            "[service type2]\narrivals_per_hour = 378 312 288": (
                "[service type2]", r"neither arrivals_per_hour nor times"),
            "service_s_in_period.p2 = exponential 100": (
                "next.type9 = 10", r"next\.type9: the site has no service 'type9'"),
            "target_s = 20": ("class_percent.vip = 3", r"the site has no priority class 'vip'"),
        }
        for right, (wrong, sentence) in wrongs.items():
            done = self.play(text.replace(right, wrong, 1))
            self.assertEqual(done.returncode, 2, wrong)
            self.assertRegex(done.stderr, r"load\.conf:\d+: .*" + sentence)
            self.assertEqual(done.stdout, "")
            line = int(re.search(r"load\.conf:(\d+): .*" + sentence, done.stderr)[1])
            self.assertIn(wrong.split(" =")[0].split("]")[0], text.replace(right, wrong, 1)
                          .splitlines()[line - 1])

    def test_lists_in_files_are_read_and_their_faults_told(self):
        text = (MSK / "load.conf").read_text(encoding="utf-8")
        law = "service_s = exponential 120"
        (self.path / "s.csv").write_text("day;seconds\n1;120\n2;\n3;60.5\n", encoding="utf-8")
        (self.path / "plain.txt").write_text("# seconds\n120\n\n60\n", encoding="utf-8")
        for value in ("file s.csv seconds", "file plain.txt", "values 120 60"):
            done = self.play(text.replace(law, "service_s = " + value), "--days", "2")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
        (self.path / "bad.csv").write_text("day,seconds\n1,120\n2,x\n", encoding="utf-8")
        (self.path / "empty.csv").write_text("day,seconds\n", encoding="utf-8")
        for value, sentence in (("file s.csv minutes", r"'s\.csv' has no column 'minutes'"),
                                ("file bad.csv seconds", r"'bad\.csv' line 3: 'x' is not a number"),
                                ("file empty.csv seconds", r"'empty\.csv' has no number in it"),
                                ("file", r"it has no name"),
                                ("values", r"there is no number")):
            done = self.play(text.replace(law, "service_s = " + value))
            self.assertEqual(done.returncode, 2)
            self.assertRegex(done.stderr, r"load\.conf:\d+: \[service type0\] service_s: .*" + sentence)
        (self.path / "times.csv").write_text("at\n09:00\n25:70\n", encoding="utf-8")
        done = self.play(text.replace("target_s = 20", "times = file times.csv at", 1))
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"times: 'times\.csv' line 3: '25:70' is not a time")

    def test_options_are_checked(self):
        both = ("--site", MSK / "site.conf", "--load", MSK / "load.conf")
        for words, sentence in ((("--load", "x"), "must be given: '--site'"),
                                ((*both, "--days", "0"), "--days is not a number from 1 to 100000"),
                                ((*both, "--seed", "x"), "--seed is not a number"),
                                ((*both, "--language", "de"), "neither fr nor en: 'de'"),
                                ((*both, "--what", "x"), "there is no option '--what'"),
                                ((*both, "--csv"), "a value is missing behind '--csv'")):
            done = run(*words)
            self.assertEqual(done.returncode, 2)
            self.assertIn(sentence, done.stderr)
        done = run(*both, "--days", "1", "--csv", self.path / "none" / "x.csv")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write", done.stderr)

    def test_both_languages_and_the_csv_say_the_same(self):
        both = ("--site", MSK / "site.conf", "--load", MSK / "load.conf", "--days", "3")
        table = self.path / "figures.csv"
        french = run(*both, "--csv", table).stdout
        english = run(*both, "--language", "en").stdout
        self.assertIn("Deux groupes, trois demandes", french)
        self.assertIn("Two groups, three request types", english)
        rows = {key(row): row for row in read_csv(table)}
        served = float(rows[("served", "", "", "")]["mean"])
        self.assertIn(f"{served:.1f}", english)
        self.assertIn(f"{served:.1f}".replace(".", ","), french)
        self.assertRegex(french, r"taux d’occupation,\s%")
        self.assertNotRegex(french, r"\b(served|offered|abandoned)\b")
        for service in ("type0", "type1", "type2"):
            parts = [float(rows[("served", service, f"p{i}", "")]["mean"]) for i in (1, 2, 3)]
            whole = float(rows[("served", service, "", "")]["mean"])
            self.assertAlmostEqual(sum(parts), whole, delta=0.01)

    def test_the_seed_makes_the_day_and_one_day_has_no_interval(self):
        words = ("--site", MSK / "site.conf", "--load", MSK / "load.conf", "--days", "1", "--seed")
        first = run(*words, "7").stdout
        self.assertEqual(first, run(*words, "7").stdout)
        self.assertNotEqual(first, run(*words, "8").stdout)
        self.assertNotRegex(first, r"\d à \d")

    def test_every_key_is_in_the_document(self):
        done = run("--print-config")
        self.assertEqual(done.returncode, 0)
        document = (HERE.parent.parent / "docs" / "simulation.md").read_text(encoding="utf-8")
        keys = re.findall(r"^(?:# )?([a-z_]+(?:\.\*)?) =", done.stdout, re.M)
        self.assertGreater(len(keys), 20)
        for name in keys:
            self.assertIn(f"`{name.replace('.*', '.')}", document)

    def test_the_sample_office_can_be_simulated(self):
        sample = HERE.parent.parent / "assets" / "sample-site"
        table = self.path / "figures.csv"
        done = run("--site", sample / "site.conf", "--load", sample / "load.conf", "--days", "20",
                   "--csv", table)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        rows = {key(row): float(row["mean"]) for row in read_csv(table)}
        lost = sum(rows[(name, "", "", "")] for name in ("abandoned", "no_show", "closed_at_night"))
        self.assertAlmostEqual(rows[("offered", "", "", "")], rows[("served", "", "", "")] + lost,
                               delta=0.1)
        self.assertGreater(rows[("no_show", "", "", "")], 0)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(print_reference(int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1))
    unittest.main(argv=sys.argv[:1])
