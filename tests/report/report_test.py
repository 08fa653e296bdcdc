#!/usr/bin/env python3
"""guichet-report as a program: the files it writes say the same, in both languages.

usage: report_test.py BIN_DIR SOURCE_DIR
"""
import csv
import html.parser
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

BIN = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
DATA = SOURCE / "tests" / "replay" / "data"
VOID = {"meta", "rect", "line", "polyline", "br"}


class Page(html.parser.HTMLParser):
    """Tags in balance, the texts, and what of a page matters to a screen reader."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.texts, self.language, self.ids = [], [], [], None, set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        self.language = attributes.get("lang", self.language)
        if "id" in attributes:
            assert attributes["id"] not in self.ids, f"id '{attributes['id']}' is there twice"
            self.ids.add(attributes["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag, f"'{tag}' closes something else"

    def handle_data(self, data):
        self.texts.append(data)


def run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          check=options.get("check", True))


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        cls.journal = cls.path / "day.db"
        run(BIN / "guichet", "replay", DATA / "day.csv", "--counters", DATA / "counters.csv",
            "--site", DATA / "site.conf", "--journal", cls.journal)
        for language in ("fr", "en"):
            run(BIN / "guichet-report", "--journal", cls.journal, "--day", "2026-11-23",
                "--language", language, "--out", cls.path / language)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def read_csv(self, name, folder="fr"):
        with open(self.path / folder / f"report-{name}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def test_every_file_is_written(self):
        names = sorted(p.name for p in (self.path / "fr").iterdir())
        self.assertEqual(names, sorted(
            ["report.html", "report.pdf", "report.json"] +
            [f"report-{n}.csv" for n in ("summary", "channels", "services", "counters", "topics",
                                         "intervals", "visits", "remarks", "corrections",
                                         "exceptional", "documents")]))

    def test_the_page_stands_alone_and_is_accessible(self):
        for language, title in (("fr", "Rapport de service"), ("en", "Service report")):
            text = (self.path / language / "report.html").read_text(encoding="utf-8")
            page = Page(text)
            self.assertEqual(page.open, [])
            self.assertEqual(page.language, language)
            self.assertIn(title, page.texts)
            tags = [tag for tag, _ in page.tags]
            for banned in ("script", "link", "img", "iframe", "object"):
                self.assertNotIn(banned, tags)
            self.assertNotRegex(text, r"(src|href)=\"(?!#)|url\(|@import|https?://")
            self.assertEqual(tags.count("table"), tags.count("caption"))
            self.assertGreaterEqual(tags.count("table"), 6)
            for tag, attributes in page.tags:
                if tag == "th":
                    self.assertIn(attributes.get("scope"), ("row", "col"))
                if tag == "svg":
                    self.assertEqual(attributes["role"], "img")
                    for part in attributes["aria-labelledby"].split():
                        self.assertIn(part, page.ids)
                if tag == "a":
                    self.assertIn(attributes["href"][1:], page.ids)
            self.assertEqual(tags.count("svg"), 3)

    def test_no_english_is_left_in_the_french_report(self):
        catalogue = (SOURCE / "assets/catalogue/report.fr.po").read_text(encoding="utf-8")
        pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', catalogue, re.M)
        self.assertGreater(len(pairs), 100)
        page = Page((self.path / "fr" / "report.html").read_text(encoding="utf-8"))
        texts = {text.strip() for text in page.texts}
        for source, translation in pairs:
            self.assertTrue(translation, source)
            if source != translation:
                self.assertNotIn(source, texts - {translation for _, translation in pairs})

    def test_every_marked_string_is_translated(self):
        catalogue = (SOURCE / "assets/catalogue/report.fr.po").read_text(encoding="utf-8")
        known = set(re.findall(r'^msgid "(.+)"$', catalogue, re.M))
        marked = run("xgettext", "--from-code=UTF-8", "--keyword", "--keyword=tr", "--no-wrap",
                     "--output=-", *sorted((SOURCE / "report").glob("*.c"))).stdout
        marked = set(re.findall(r'^msgid "(.+)"$', marked, re.M))
        self.assertEqual(marked - known, set())
        self.assertEqual(known - marked, set())

    def test_the_print_has_selectable_text_and_its_fonts(self):
        for language, words in (("fr", ("Rapport de service", "lundi 23 novembre 2026",
                                        "Définitions", "Page 1 sur")),
                                ("en", ("Service report", "Monday 23 November 2026",
                                        "Definitions", "Page 1 of"))):
            pdf = self.path / language / "report.pdf"
            text = run("pdftotext", "-layout", pdf, "-").stdout
            for word in words:
                self.assertIn(word, text)
            fonts = run("pdffonts", pdf).stdout.splitlines()[2:]
            self.assertTrue(fonts)
            for font in fonts:
                self.assertRegex(font, r"NotoSans.* yes +(yes|no) +yes ")
            info = run("pdfinfo", pdf).stdout
            self.assertRegex(info, r"Page size:.*A4")
            pages = int(re.search(r"Pages: +(\d+)", info).group(1))
            self.assertEqual(text.count("\f"), pages)
            self.assertRegex(text, rf"Page {pages} (sur|of) {pages}\b")

    def test_the_lines_of_a_chart_begin_where_their_points_do(self):
        picture = run("pdftocairo", "-svg", "-f", "1", "-l", "1",
                      self.path / "fr" / "report.pdf", "-").stdout
        lines = []
        for tag in re.findall(r"<path [^>]*fill:none[^>]*>", picture):
            points = re.findall(r"[ML] ([0-9.]+) ([0-9.]+)",
                                re.search(r' d="([^"]*)"', tag)[1])
            if len({x for x, _ in points}) > 1 and len({y for _, y in points}) > 1:
                lines.append([x for x, _ in points])
        # The mean and the longest wait have their points at the same quarters; a line that
        # begins elsewhere has no fellow.
        self.assertEqual(lines[::2], lines[1::2])

    def test_page_and_print_have_the_same_figures(self):
        page = Page((self.path / "fr" / "report.html").read_text(encoding="utf-8"))
        print_text = run("pdftotext", self.path / "fr" / "report.pdf", "-").stdout
        words = set(re.sub(r"\s", " ", print_text).split())
        for figure in ("50,0\u00a0%", "8\u00a0min\u00a018\u00a0s", "4\u00a0min\u00a000\u00a0s"):
            self.assertTrue(any(figure in text for text in page.texts), figure)
            self.assertTrue(set(figure.replace("\u00a0", " ").split()) <= words, figure)

    def test_the_replay_is_said_on_both(self):
        for language, sentence in (("fr", "Journée rejouée"), ("en", "Replayed day")):
            self.assertIn(sentence, (self.path / language / "report.html").read_text("utf-8"))
            self.assertIn(sentence, run("pdftotext", self.path / language / "report.pdf",
                                        "-").stdout)

    def test_csv_files_add_up_and_agree_with_json(self):
        document = json.loads((self.path / "fr" / "report.json").read_text(encoding="utf-8"))
        summary = {row["figure"]: row["value"] for row in self.read_csv("summary")}
        self.assertEqual(float(summary["wait_mean_s"]), document["visits"]["wait"]["mean_s"])
        for name in ("services", "channels", "intervals"):
            rows = self.read_csv(name)
            for column in ("offered", "served", "abandoned", "no_show", "cancelled",
                           "closed_at_night", "in_standard", "decided"):
                total = sum(int(row[column]) for row in rows)
                if column in summary:
                    self.assertEqual(total, int(float(summary[column])), f"{name} {column}")
        self.assertEqual(len(self.read_csv("visits")), 10)
        times = [row["taken_at"] for row in self.read_csv("visits")]
        self.assertEqual(times[0], "2026-11-23T09:00:00.000+01:00")
        raw = (self.path / "fr" / "report-visits.csv").read_bytes()
        self.assertEqual(raw.count(b"\r\n"), raw.count(b"\n"))

    def test_languages_share_their_data(self):
        for name in ("report.json", "report-summary.csv", "report-topics.csv", "report-visits.csv"):
            self.assertEqual((self.path / "fr" / name).read_bytes(),
                             (self.path / "en" / name).read_bytes())

    def test_the_same_journal_gives_the_same_files(self):
        run(BIN / "guichet-report", "--journal", self.journal, "--day", "2026-11-23", "--out",
            self.path / "again")
        for file in (self.path / "fr").iterdir():
            self.assertEqual(file.read_bytes(), (self.path / "again" / file.name).read_bytes(),
                             file.name)

    def test_semicolons_for_french_spreadsheets(self):
        run(BIN / "guichet-report", "--journal", self.journal, "--day", "2026-11-23", "--csv",
            self.path / "semicolon", "--csv-separator", "semicolon")
        first = (self.path / "semicolon-summary.csv").read_text(encoding="utf-8").splitlines()[0]
        self.assertEqual(first, "figure;value")

    def test_further_services_stand_in_the_quarter_of_their_request(self):
        journal = self.path / "legs.db"
        shutil.copy(self.journal, journal)
        nine_ms = 1795420800000  # 9:00 in Paris on 23 November 2026
        legs = [  # minutes after 9:00; the standard of passports is 10 minutes
            (1, "passports", "served", "1", 20, 25, 30),  # waited 5
            (2, "passports", "served", "1", 21, 35, 40),  # waited 14
            (3, "vehicles", "closed-at-night", None, 485, None, 500)]
        with sqlite3.connect(journal) as db:
            for leg, service, state, counter, asked, called, ended in legs:
                times = [None if minute is None else nine_ms + minute * 60000
                         for minute in (asked, called, called, ended)]
                db.execute("INSERT INTO leg (date, ticket, leg, service, state, counter,"
                           " start_is_imputed, call_count, undone_count, requested_at,"
                           " called_at, started_at, ended_at, quantity)"
                           " VALUES (20261123, 4, ?, ?, ?, ?, 0, 1, 0, ?, ?, ?, ?, 1)",
                           [leg, service, state, counter, *times])
        db.close()
        for language, words in (("fr", "Services suivants"), ("en", "Further services")):
            run(BIN / "guichet-report", "--journal", journal, "--day", "2026-11-23",
                "--language", language, "--out", self.path / f"legs-{language}")
            self.assertIn(words, Page((self.path / f"legs-{language}" / "report.html").read_text(
                encoding="utf-8")).texts)
            self.assertIn(words.split()[1], run("pdftotext", self.path / f"legs-{language}" /
                                                "report.pdf", "-").stdout)
        rows = {row["from"][11:16]: row for row in self.read_csv("intervals", "legs-fr")}
        names = ("offered", "in_standard", "decided", "wait_mean_s")
        further = {at: [row[f"further_{name}"] for name in names] for at, row in rows.items()
                   if row["further_offered"] != "0"}
        self.assertEqual(further, {"09:15": ["2", "1", "2", "570.000"],
                                   "17:00": ["1", "0", "1", ""]})
        before = {row["from"]: row["offered"] for row in self.read_csv("intervals")}
        after = {row["from"]: row["offered"] for row in rows.values()}
        self.assertEqual(after, {**dict.fromkeys(after, "0"), **before})
        document = json.loads((self.path / "legs-fr/report.json").read_text(encoding="utf-8"))
        for count in ("offered", "served", "closed_at_night", "in_standard", "answered", "lost"):
            self.assertEqual(
                sum(one["further_services"][count] for one in document["intervals"]),
                sum(one[count] for one in document["further_services"]), count)

    def test_what_no_figure_counts_is_said_and_left_out(self):
        journal = self.path / "beside.db"
        one = "WHERE date = 20261123 AND ticket = ?"
        shutil.copy(self.journal, journal)
        with sqlite3.connect(journal) as db:
            tickets = [row[0] for row in db.execute(
                "SELECT ticket FROM visit WHERE state = 'served' AND date = 20261123"
                " ORDER BY ticket LIMIT 5")]
            db.executemany(f"UPDATE visit SET test = 1 {one}", [tickets[:1], tickets[1:2]])
            db.execute(f"UPDATE visit SET suspect = 1 {one}", tickets[2:3])
            db.execute(f"UPDATE visit SET suspect = 1, state = 'void' {one}", tickets[3:4])
            db.execute(f"UPDATE visit SET state = 'kept' {one}", tickets[4:5])
            service = db.execute("SELECT service FROM visit LIMIT 1").fetchone()[0]
            at = db.execute("SELECT opened_at FROM day WHERE date = 20261123").fetchone()[0]
            at = at // 3600000 * 3600000
            db.executemany("INSERT INTO turned_away VALUES (20261123, ?, ?, ?, ?)",
                           [(service, at, "closed", 3), (service, at + 900000, "closed", 4),
                            (service, at + 900000, "full", 2),
                            (service, at + 3600000, "closing", 1)])
        db.close()
        out = self.path / "beside"
        run(BIN / "guichet-report", "--journal", journal, "--day", "2026-11-23",
            "--language", "en", "--out", out)
        before = json.loads((self.path / "en" / "report.json").read_text(encoding="utf-8"))
        after = json.loads((out / "report.json").read_text(encoding="utf-8"))
        # The suspect one that somebody came with counts as before.
        self.assertEqual(after["visits"]["served"], before["visits"]["served"] - 4)
        self.assertEqual(after["not_counted"],
                         {"tests": 2, "suspect": 1, "swept": 1, "kept": 1})
        self.assertEqual([entry["people"] for entry in after["turned_away"]], [3, 4, 2, 1])
        page = Page((out / "report.html").read_text(encoding="utf-8"))
        text = " ".join(page.texts)
        self.assertIn("Test tickets, which no figure counts: 2.", text)
        self.assertIn("of which swept by hand: 1.", text)
        self.assertIn("Kept for the next day, whose figures count them: 1.", text)
        self.assertIn("People turned away", text)
        # One row an hour, with the quarters' sums.
        row = max(i for i, cell in enumerate(page.texts) if cell == "People turned away")
        self.assertIn("7", page.texts[row:row + 60])
        marks = [visit["not_counted"] for visit in self.read_csv("visits", "beside")]
        self.assertEqual([mark for mark in marks if mark], ["test", "test", "suspect"])
        self.assertEqual(marks[-3:], [mark for mark in marks if mark])

    def test_a_live_day_is_marked_provisional(self):
        run(BIN / "guichet-report", "--journal", self.journal, "--live", "--html",
            self.path / "live.html", "--json", self.path / "live.json", "--language", "en")
        self.assertIn("Provisional", (self.path / "live.html").read_text(encoding="utf-8"))
        self.assertEqual(json.loads((self.path / "live.json").read_text("utf-8"))["day"],
                         "2026-11-24")

    def test_what_is_not_there_is_said(self):
        for arguments, sentence in (
                (("--journal", self.journal, "--day", "2026-11-22"), "no such business day"),
                (("--journal", self.path / "no.db"), "no.db"),
                (("--journal", DATA / "day.csv"), "day.csv")):
            result = run(BIN / "guichet-report", *arguments, "--html", self.path / "x.html",
                         check=False)
            self.assertEqual(result.returncode, 1)
            self.assertIn(sentence, result.stderr)
            self.assertEqual(len(result.stderr.splitlines()), 1)
            self.assertFalse((self.path / "x.html").exists())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
