#!/usr/bin/env python3
"""A reception at its real window, with a real CUPS and a virtual printer where they are there:
a ticket is printed, printed again as a copy, and not printed; a family's ticket is split and
linked; a telephone call is recorded.

usage: reception_window.py BUILD_DIRECTORY SOURCE_DIRECTORY
"""
import pathlib
import shutil
import subprocess
import sys

from hall_window import Window, give, wait_event
from small_office import PATIENCE_S, SITE, SmallOffice, wait_for


class Printer:
    """A virtual printer; `lines` are those of counter.conf, none where none can be had."""

    def __init__(self, source, folder):
        self.script = pathlib.Path(source, "printing", "virtual-printer", "private-cups")
        self.folder = folder / "cups"
        self.is_there = all(shutil.which(tool, path="/usr/bin:/usr/sbin:/sbin:/bin")
                            for tool in ("cupsd", "ippeveprinter", "pdftotext"))
        self.lines = ""
        if self.is_there:
            folder.chmod(0o755)
            self.do("start", "ticket")
            server = subprocess.run(
                ["sh", "-c", '. "$0/cups.env" && printf %s "$CUPS_SERVER"', self.folder],
                capture_output=True, text=True, check=True).stdout
            self.lines = f"[printer]\nqueue = ticket\nserver = {server}\n"

    def do(self, verb, *words):
        subprocess.run([self.script, verb, self.folder, *words], check=True,
                       stdout=subprocess.DEVNULL, timeout=4 * PATIENCE_S)

    def words(self, number):
        """What stands on the slip with this number; empty while it is not on paper."""
        path = self.folder / "out" / "ticket" / f"{number:03}.pdf"
        return subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True,
                              check=False).stdout.split() if path.exists() else []

    def stop(self):
        if self.is_there:
            self.do("stop")


def print_and_copy(office, window, printer):
    wait_for("the printer is ready", lambda: "ne répond pas" not in window.text())
    give(window, "a")
    wait_event(office, "ticket-taken", 1)
    window.wait_dialogue("ticket", "A001")
    wait_for("a slip on paper", lambda: "A001" in printer.words(1))
    if "COPIE" in printer.words(1) or "2026," not in printer.words(1):
        sys.exit(f"the first slip says {printer.words(1)}")
    wait_event(office, "ticket-printed", 1, ticket=1, result="printed", copy=False)
    wait_for("the window says so", lambda: "Le ticket est imprimé." in window.text())
    window.keys("Escape", "F3", "a", "1", "Return")
    window.wait_dialogue("ticket", "A001")
    window.keys("F10")
    wait_for("a copy on paper", lambda: "COPIE" in printer.words(2))
    if "A001" not in printer.words(2):
        sys.exit(f"the copy says {printer.words(2)}")
    wait_event(office, "ticket-printed", 2, ticket=1, result="printed", copy=True)
    window.keys("Escape")


def run_out_of_paper(office, window, printer):
    printer.do("fault", "ticket", "paper-out")
    give(window, "b")
    window.wait_dialogue("ticket", "B101")
    wait_event(office, "ticket-printed", 3, ticket=2, result="failed", copy=False)
    wait_for("the window says that it is not printed",
             lambda: "Le ticket n’est pas imprimé" in window.text())
    window.keys("Escape")
    wait_for("the window says why", lambda: "plus de papier" in window.text())


def do_without(office, window):
    """A reception without a printer says the number, and what to do with it."""
    wait_for("the window is live", lambda: window.offers("Donner un ticket"))
    give(window, "a")
    wait_for("it says the number", lambda: "notez le numéro" in window.text())
    if window.offers("Imprimer une copie"):
        sys.exit("a copy can be ordered without a printer")
    window.keys("Escape")


def serve_a_family(office, window):
    """One ticket for several requests, a part of it split off, and the two linked."""
    taken = office.count("ticket-taken")
    window.keys("F2", "c", "F7", "F8")
    window.keys("e", "Return")
    wait_event(office, "ticket-taken", taken + 1, service="sejour", quantity=2)
    if [part["service"] for part in office.newest("ticket-taken")["then"]] != ["identite"]:
        sys.exit(f"taken: {office.newest('ticket-taken')}")
    wait_for("the ticket is shown", lambda: window.head("ticket").startswith("C"))
    label = window.head("ticket")
    window.keys("F2")
    window.wait_dialogue("split", "-")
    window.keys("Return")
    wait_event(office, "ticket-split", 1)
    wait_for("the new ticket is shown", lambda: window.head("ticket") not in ("-", label))
    window.keys("F3", *label.lower(), "Return")
    wait_event(office, "tickets-linked", 1)
    wait_for("the window says so", lambda: f"Même personne que {label}" in window.text())
    window.keys("F3")
    wait_event(office, "tickets-unlinked", 1)
    window.keys("Escape")


def check_documents(office, window):
    """Somebody without a document goes without a ticket; somebody else gets one all the same,
    and the counter is told."""
    taken = office.count("ticket-taken")
    window.keys("F2", "a", "F1")
    wait_for("it can be refused", lambda: window.offers("Pas de ticket\u00a0: pièces manquantes"))
    window.keys("F9")
    wait_event(office, "documents-lacked", 1, service="immatriculation",
               documents=["justificatif-domicile"])
    wait_for("the window says so", lambda: "repartie sans ticket" in window.text())
    if office.count("ticket-taken") != taken or "ticket" in office.newest("documents-lacked"):
        sys.exit("somebody who was turned away got a ticket")
    window.keys("F2", "a", "F1", "Return")
    wait_event(office, "ticket-taken", taken + 1, service="immatriculation")
    wait_event(office, "documents-lacked", 2, documents=["justificatif-domicile"])
    wait_for("the ticket is shown", lambda: window.head("ticket").startswith("A"))
    label = window.head("ticket")
    window.keys("Escape")
    office.open_counter("3")
    wait_for("the counter is open", lambda: counter_state(office)["state"] == "free")
    seen = {name: counter_state(office)[name] for name in ("version", "epoch", "tick")}
    reply = office.ask("counter", "3", {"verb": "call", "ticket": label, **seen})
    if not reply["ok"] or reply["counter"]["ticket"]["lacks"] != ["justificatif-domicile"]:
        sys.exit(f"the counter is not told what is missing: {reply}")
    print("ok: the counter is told what is missing")


def take_a_test(office, window):
    taken = office.count("ticket-taken")
    window.keys("F2", "a", "F12", "Return")
    wait_event(office, "ticket-taken", taken + 1, test=True)
    wait_for("the window says so", lambda: "il ne compte nulle part" in window.text())
    window.keys("Escape")


def counter_state(office):
    return office.talk("mosquitto_sub", "counter", "3", "-C", "1", "-t",
                       f"guichet/v1/{SITE}/counter/3/state")


def report(office):
    """The report counts both; the journal is sound."""
    folder = office.folder / "report"
    subprocess.run([office.programs / "guichet-report", "--journal", office.journal, "--day",
                    "2026-11-23", "--live", "--out", folder], check=True, stdout=subprocess.DEVNULL)
    rows = (folder / "report-documents.csv").read_text().splitlines()
    if "justificatif-domicile,0,1,1" not in rows:
        sys.exit(f"the report counts {rows}")
    page = (folder / "report.html").read_text()
    if "Reparties sans ticket" not in page:
        sys.exit("the report does not say who was turned away")
    print("ok: the report counts who was turned away")


def record_a_call(office, window):
    window.keys("F6")
    window.wait_dialogue("contact")
    window.keys("b", "Return")
    wait_event(office, "contact-recorded", 1, service="permis", channel="phone",
               outcome="served")
    wait_for("the window says so", lambda: "Le contact est enregistré." in window.text())


def main():
    office = SmallOffice(sys.argv[1], sys.argv[2], [("kiosk", "hall1"), ("reception", "main"),
                                                    ("counter", "3"), ("admin", "office")])
    printer = None
    try:
        printer = Printer(sys.argv[2], office.folder)
        if printer.is_there:
            window = Window(office, "reception-main", more=printer.lines)
            wait_for("the window is live", lambda: window.offers("Donner un ticket"))
            print_and_copy(office, window, printer)
            run_out_of_paper(office, window, printer)
            devices = office.ask("admin", "office", {"verb": "status"})["status"]["devices"]
            seen = [device for device in devices if device["kind"] == "reception"]
            if [(device["printer"], device["paper"]) for device in seen] != [("out", "out")]:
                sys.exit(f"the server says {seen}")
            print("ok: the administrator sees it")
            window.end()
        window = Window(office, "reception-main")
        do_without(office, window)
        serve_a_family(office, window)
        record_a_call(office, window)
        take_a_test(office, window)
        check_documents(office, window)
        report(office)
        window.end()
    finally:
        if printer:
            printer.stop()
        office.close()


if __name__ == "__main__":
    main()
