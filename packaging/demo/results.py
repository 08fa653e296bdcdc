"""What the morning left behind, read from the papers, the journal and the report, and compared."""
import csv
import re
import sqlite3
import subprocess

LABEL = re.compile(r"\b[A-Z]\d{3}\b")


def printed_numbers(folder):
    """Number -> how often, as pdftotext reads them from the slips."""
    found = {}
    for path in sorted(folder.glob("*.pdf")):
        text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True,
                              capture_output=True, text=True).stdout
        labels = set(LABEL.findall(text))
        if len(labels) != 1:
            raise ValueError(f"{path.name} shows {sorted(labels) or 'no number'}")
        label = labels.pop()
        found[label] = found.get(label, 0) + 1
    return found


class Journal:
    """The record, opened to be read only."""

    def __init__(self, path, letters):
        self.base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.letters = letters

    def numbers(self):
        return [f"{self.letters[service]}{number:03d}" for service, number in
                self.base.execute("SELECT service, number FROM visit")]

    def events(self, kind):
        return self.base.execute("SELECT count(*) FROM event WHERE kind = ?",
                                 (kind,)).fetchone()[0]

    def one(self, question):
        return self.base.execute(question).fetchone()[0]

    def figures(self):
        return {
            "tickets": self.one("SELECT count(*) FROM visit"),
            "services": self.one("SELECT count(DISTINCT service) FROM visit"),
            "counters": self.one("SELECT count(DISTINCT counter) FROM visit WHERE state = 'served'"),
            "languages": self.one("SELECT count(DISTINCT language) FROM visit"),
            "served": self.one("SELECT count(*) FROM visit WHERE state = 'served'"),
            "with priority": self.one("SELECT count(*) FROM visit WHERE class <> 'none'"),
            "recalls": self.events("ticket-recalled"),
            "no-shows": self.one("SELECT count(*) FROM visit WHERE state = 'no-show'"),
            "cancelled": self.one("SELECT count(*) FROM visit WHERE state = 'cancelled'"),
            "pauses": self.events("counter-paused"),
            "undone presses": self.events("press-undone"),
            "still waiting": self.one("SELECT count(*) FROM visit WHERE state = 'waiting'"),
        }

    def offline(self):
        """Tickets whose number was given before the server heard of it."""
        return self.one("SELECT count(*) FROM event WHERE kind = 'ticket-taken' "
                        "AND taken_at <> at")


# What a morning must have had, at least.
LEAST = {"tickets": 40, "services": 4, "counters": 4, "languages": 2, "with priority": 1,
         "recalls": 1, "no-shows": 1, "cancelled": 1, "pauses": 1, "undone presses": 1}


def reported_numbers(output):
    with open(output / "report-visits.csv", encoding="utf-8-sig", newline="") as file:
        return [row["ticket"] for row in csv.DictReader(file)]


def differences(name, numbers, other_name, others):
    """Sentences that say what one has and the other has not."""
    said = []
    if len(numbers) != len(set(numbers)):
        twice = sorted({n for n in numbers if list(numbers).count(n) > 1})
        said.append(f"{name} has numbers twice: {' '.join(twice)}")
    only = sorted(set(numbers) - set(others))
    missing = sorted(set(others) - set(numbers))
    if only:
        said.append(f"only {name} has {' '.join(only)}")
    if missing:
        said.append(f"only {other_name} has {' '.join(missing)}")
    return said


def compare(printed, journal, output):
    """All that is wrong, as sentences; none when everything agrees."""
    figures = journal.figures()
    papers = [number for number, count in printed.items() for _ in range(count)]
    record = journal.numbers()
    faults = differences("the paper", papers, "the journal", record)
    faults += differences("the report", reported_numbers(output), "the journal", record)
    if journal.offline():
        faults.append(f"{journal.offline()} tickets were issued offline")
    faults += [f"the morning had {figures[what]} {what}, not {least} or more"
               for what, least in LEAST.items() if figures[what] < least]
    if figures["still waiting"]:
        faults.append(f"{figures['still waiting']} people still wait")
    return faults
