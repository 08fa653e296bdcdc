#!/usr/bin/env python3
"""A reception and a supervisor at their real windows: a ticket given, called, found and changed,
one cancelled, a service closed; seen in the picture's description and in the journal.

usage: hall_window.py BUILD_DIRECTORY SOURCE_DIRECTORY [PICTURE_FOLDER]

With a folder, the windows are also saved as pictures in every size and language.
"""
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

from small_office import (
    PATIENCE_S, SITE, SmallOffice, must_hold, start_x, wait_for)

# The same key twice within half a second counts as one.
APART_S = 0.6

# A question is read at least so long: who answers sooner has pressed twice.
READ_S = 0.8


class Window:
    """guichet-counter for one post in an X server of its own."""

    def __init__(self, office, identity, size="1280x800", language="fr", more=""):
        name = f"{identity}-{size}-{language}"
        self.described = office.folder / f"{name}.txt"
        self.screenshot = office.folder / f"{name}.png"
        self.described.unlink(missing_ok=True)  # of a window before this one
        self.environment = {**os.environ, "DISPLAY": start_x(office, size),
                            "SDL_VIDEODRIVER": "x11"}
        config = office.config(identity, f"""
[device]
state_directory = {office.folder}/state-{name}
language = {language}
{more}""")
        self.process = office.run(
            "guichet-counter", "--config", config, "--size", size, "--describe",
            self.described, "--screenshot", self.screenshot, env=self.environment)

    def text(self):
        return self.described.read_text() if self.described.exists() else ""

    def head(self, name):
        found = re.search(rf"^{name} (.*)$", self.text(), re.MULTILINE)
        return found.group(1).strip() if found else ""

    def offers(self, label):
        return re.search(rf'^target .* enabled "{re.escape(label)}"$', self.text(),
                         re.MULTILINE) is not None

    def keys(self, *names):
        time.sleep(APART_S)
        subprocess.run(["xdotool", "key", *names], env=self.environment, check=True,
                       timeout=PATIENCE_S)

    def press(self, name):
        subprocess.run(["xdotool", "key", name], env=self.environment, check=True,
                       timeout=PATIENCE_S)

    def write(self, text):
        subprocess.run(["xdotool", "type", "--delay", "30", text], env=self.environment,
                       check=True, timeout=PATIENCE_S)

    def wait_dialogue(self, dialogue, ticket="-"):
        wait_for(f"the window shows {dialogue or 'no dialogue'} {ticket}",
                 lambda: (self.head("dialogue"), self.head("ticket")) == (dialogue, ticket))

    def save(self, path):
        if self.screenshot.exists():
            self.screenshot.unlink()
        time.sleep(0.3)
        self.process.send_signal(signal.SIGUSR1)
        wait_for(f"a picture {path.name}", self.screenshot.exists)
        time.sleep(0.3)
        path.write_bytes(self.screenshot.read_bytes())

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(PATIENCE_S) != 0:
            sys.exit(f"the window ended with {self.process.returncode}")


def wait_event(office, kind, count, **members):
    wait_for(f"the journal holds {count} {kind} {members or ''}",
             lambda: office.count(kind) == count)
    body = office.newest(kind)
    if any(body.get(name) != value for name, value in members.items()):
        sys.exit(f"{kind}: {body}")


def plain(text):
    """Without the difference between kinds of spaces."""
    return text.replace("\u00a0", " ")


def counter_does(office, verb):
    state = office.talk("mosquitto_sub", "counter", "3", "-C", "1", "-t",
                        f"guichet/v1/{SITE}/counter/3/state")
    seen = {name: state[name] for name in ("version", "epoch", "tick")}
    reply = office.ask("counter", "3", {"verb": verb, **seen})
    if not reply["ok"]:
        sys.exit(f"counter 3 does not {verb}: {reply}")


def give(window, *keys):
    window.keys("F2")
    window.wait_dialogue("issue")
    window.keys(*keys, "Return")


def receive_people(office, window):
    """Give two tickets, see one called, find it, change and cancel the other."""
    wait_for("the window is live", lambda: window.offers("Donner un ticket"))
    give(window, "a", "1")
    wait_event(office, "ticket-taken", 1, service="immatriculation",
               **{"class": "reduced-mobility"})
    window.wait_dialogue("ticket", "A001")
    if "Nouveau ticket" not in window.text():
        sys.exit("the window does not say that the ticket is new")
    window.keys("Escape")
    give(window, "a")
    wait_event(office, "ticket-taken", 2)
    window.wait_dialogue("ticket", "A002")
    window.keys("Escape")
    counter_does(office, "open")
    counter_does(office, "call-next")
    wait_event(office, "ticket-called", 1, ticket=1)
    wait_for("the hall shows who is called", lambda: '"A001"' in window.text())
    window.keys("F3")
    window.wait_dialogue("find")
    window.keys("a", "0", "0", "1", "Return")
    window.wait_dialogue("ticket", "A001")
    if "appelé" not in window.text() or window.offers("Annuler le ticket"):
        sys.exit("a called ticket is not told as such, or could be cancelled")
    window.keys("Escape", "F3")
    window.wait_dialogue("find")
    window.keys("a", "2", "Return")
    window.wait_dialogue("ticket", "A002")
    window.keys("F7")
    window.wait_dialogue("requalify")
    window.keys("b", "Return")
    wait_event(office, "ticket-requalified", 1, ticket=2)
    window.wait_dialogue("ticket", "A002")
    window.keys("F5")
    wait_event(office, "ticket-cancelled", 1, ticket=2)
    wait_for("the window says that it is cancelled", lambda: "annulé" in window.text())
    must_hold("a cancelled ticket is not cancelled again", 1,
              lambda: not window.offers("Annuler le ticket") and
              office.count("ticket-cancelled") == 1)
    window.keys("Escape", "F3", "z", "9", "Return")
    wait_for("a refusal says why", lambda: "Ce ticket n’existe pas aujourd’hui." in window.text())
    window.wait_dialogue("")


def take_back(office, window):
    """Somebody who was absent comes to the reception."""
    counter_does(office, "no-show")
    wait_event(office, "ticket-no-show", 1, ticket=1)
    window.keys("F3")
    window.wait_dialogue("find")
    wait_for("who ended last is offered", lambda: window.offers("A001 · absent"))
    window.keys("a", "1", "Return")
    window.wait_dialogue("ticket", "A001")
    window.keys("F9")
    wait_event(office, "ticket-readmitted", 1, ticket=1)
    window.keys("Escape")


def supervise(office, chief, reception):
    """Close a service by one confirming key; reception is refused its tickets; open again."""
    wait_for("the supervisor's window is live",
             lambda: chief.offers("Ouvrir ou fermer un service"))
    chief.keys("F4")
    chief.wait_dialogue("service")
    if chief.offers("Fermer ce service"):
        sys.exit("a service could be closed before one is chosen")
    chief.keys("a")
    wait_for("it is asked", lambda: chief.offers("Fermer ce service"))
    if office.count("service-closed") != 0:
        sys.exit("a service was closed without the confirming key")
    chief.keys("Return")
    wait_event(office, "service-closed", 1, service="immatriculation")
    taken = office.count("ticket-taken")
    give(reception, "a")
    wait_for("reception is told why", lambda: "Ce service est fermé." in reception.text())
    if office.count("ticket-taken") != taken:
        sys.exit("a closed service gave a ticket")
    counter_does(office, "ask-help")
    wait_for("the supervisor sees who asks for help",
             lambda: "demande de l’aide" in chief.text())
    opened = office.count("service-opened")
    chief.keys("F4", "a")
    wait_for("it is asked", lambda: chief.offers("Ouvrir ce service"))
    chief.keys("Return")
    wait_event(office, "service-opened", opened + 1, service="immatriculation")


def order(chief, key, dialogue, *steps):
    """Gives an order with keys: "=text" is typed, everything else is pressed. What is asked
    is read before it is answered: "confirm"."""
    chief.press(key)
    chief.wait_dialogue(dialogue)
    for step in steps:
        if step.startswith("="):
            chief.write(step[1:])
        elif step == "confirm":
            time.sleep(READ_S)
            chief.press("Return")
        else:
            chief.press(step)


def forget_notice(chief):
    """There and back between the languages: "done" goes sooner than by itself."""
    chief.keys("F11")
    chief.keys("F11")


def order_the_day(office, chief):
    """Every order of a supervisor, one dialogue deep, as the journal has it."""
    order(chief, "F7", "today", "=a", "Tab", "=17:45", "Return")
    wait_event(office, "hours-set", 1, service="immatriculation",
               until="2026-11-23T16:45:00.000Z")
    chief.wait_dialogue("")
    order(chief, "F7", "today", "=a", "Up", "Right", "Up", "=60", "Return")
    wait_event(office, "quota-set", 1, service="immatriculation", tickets=60)
    chief.wait_dialogue("")
    order(chief, "F8", "message", "=Fermé à 16 h", "Return")
    wait_event(office, "message-set", 1, fr="Fermé à 16 h", en="Fermé à 16 h")
    chief.wait_dialogue("")
    forget_notice(chief)
    wait_for("the window says what stands on the screens", lambda: "Fermé à 16 h" in chief.text())
    order(chief, "F12", "remark", "=Panne réseau", "Tab", "=08:00", "Tab", "=8:30", "Return")
    wait_event(office, "remark-made", 1, text="Panne réseau",
               until="2026-11-23T07:30:00.000Z",
               **{"from": "2026-11-23T07:00:00.000Z"})
    chief.wait_dialogue("")
    order(chief, "F12", "remark", "Up", "Up", "Right", "Tab")
    wait_for("the remark is there to be withdrawn", lambda: "1 · 08:00–08:30" in chief.text())
    chief.write("1")
    chief.press("Return")
    wait_event(office, "remark-withdrawn", 1, remark=1)
    chief.wait_dialogue("")


def order_counters_and_people(office, chief):
    """Open and close a counter, correct a visit, move and end a line, an emergency."""
    opened = office.count("counter-opened")
    order(chief, "F5", "counter", "=4", "Return")
    wait_event(office, "counter-opened", opened + 1, counter="4")
    chief.wait_dialogue("")
    counter_does(office, "call-next")
    counter_does(office, "park")
    order(chief, "F5", "counter", "Up", "Right", "Right", "Tab", "=3", "Tab", "=4", "Return")
    wait_event(office, "ticket-handed-over", 1, ticket=1)
    chief.wait_dialogue("")
    office.ask("supervisor", "main", {"verb": "resume", "ticket": "A001"})
    order(chief, "F5", "counter", "=4", "Up", "Right", "Return")
    wait_event(office, "counter-closed", 1, counter="4")
    chief.wait_dialogue("")
    order(chief, "F5", "counter", "=4", "Up", "Right", "Return")
    wait_for("a refusal is a sentence, and the order stays",
             lambda: "Le guichet est déjà fermé." in chief.text())
    chief.press("Escape")
    order(chief, "F10", "correct", "=a2", "Tab", "=3", "Tab", "=Erreur", "Return")
    wait_event(office, "ticket-corrected", 1, ticket=2, to="abandoned", reason="Erreur")
    chief.wait_dialogue("ticket", "A002")
    chief.press("Escape")
    requalified = office.count("ticket-requalified")
    order(chief, "F1", "line", "Up", "=3", "Tab", "=a", "Tab", "=b")
    wait_for("who waits is counted", lambda: chief.offers("Déplacer 1 ticket en attente"))
    chief.press("Return")
    wait_for("it is asked", lambda: "Déplacer 1 ticket en attente ?" in plain(chief.text()))
    time.sleep(READ_S)
    chief.press("Return")
    wait_event(office, "ticket-requalified", requalified + 1, ticket=1, service="permis")
    chief.wait_dialogue("")
    order(chief, "F1", "line", "=b", "Tab", "=Alerte")
    wait_for("who waits is counted", lambda: chief.offers("Terminer 1 ticket en attente"))
    chief.press("Return")
    wait_for("it is asked", lambda: "Terminer 1 ticket en attente ?" in plain(chief.text()))
    if office.count("line-settled") != 0:
        sys.exit("a line was ended without its question")
    time.sleep(READ_S)
    chief.press("Return")
    wait_event(office, "line-settled", 1, service="permis", outcome="abandoned",
               reason="Alerte")
    chief.wait_dialogue("")
    order(chief, "F9", "exceptional", "=18:00", "Return", "confirm")
    wait_event(office, "exceptional-begun", 1, until="2026-11-23T17:00:00.000Z")
    chief.wait_dialogue("")
    forget_notice(chief)
    wait_for("the window says that it is exceptional",
             lambda: "Mode exceptionnel jusqu’à 18:00" in plain(chief.text()))
    order(chief, "F9", "exceptional", "Return", "confirm")
    wait_event(office, "exceptional-ended", 1)
    chief.wait_dialogue("")


def close_the_day(office, chief):
    order(chief, "End", "close-day", "Return")
    if office.count("day-closed") != 0:
        sys.exit("the day was closed without its question")
    time.sleep(READ_S)
    chief.press("Return")
    wait_for("the day is closed", lambda: office.count("day-closed") == 1)


def lose_the_broker(office, window):
    office.kill_broker()
    wait_for("the window says that there is no connection",
             lambda: "Pas de liaison avec le serveur" in window.text())
    if window.offers("Donner un ticket"):
        sys.exit("it can still be pressed")
    office.start_broker()
    wait_for("it recovers", lambda: window.offers("Donner un ticket"))


def save_pictures(office, folder):
    folder.mkdir(parents=True, exist_ok=True)
    dialogues = {"": [], "issue": ["F2", "a"], "find": ["F3", "a", "0"],
                 "ticket": ["F3", "a", "1", "Return"]}
    for identity in ("reception-main", "supervisor-main"):
        for size in ("1280x800", "1920x1080", "1024x768", "800x1280"):
            for language in ("fr", "en"):
                window = Window(office, identity, size, language)
                issue = "Donner un ticket" if language == "fr" else "Give a ticket"
                wait_for("it is live", lambda: window.offers(issue))
                shown = dict(dialogues) if identity == "reception-main" else {
                    "": [], "service": ["F4", "a"]}
                for dialogue, keys in shown.items():
                    if keys:
                        window.keys(*keys)
                        wait_for(dialogue, lambda: window.head("dialogue") == dialogue)
                    window.save(folder / f"{identity}-{dialogue or 'hall'}-{size}-{language}.png")
                    if keys:
                        window.keys("Escape")
                window.end()


def main():
    office = SmallOffice(sys.argv[1], sys.argv[2], [
        ("kiosk", "hall1"), ("counter", "3"), ("reception", "main"),
        ("supervisor", "main")])
    try:
        reception = Window(office, "reception-main")
        receive_people(office, reception)
        take_back(office, reception)
        chief = Window(office, "supervisor-main")
        supervise(office, chief, reception)
        order_the_day(office, chief)
        order_counters_and_people(office, chief)
        lose_the_broker(office, chief)
        close_the_day(office, chief)
        reception.end()
        chief.end()
        print("ok: the end is clean")
        if len(sys.argv) > 3:
            save_pictures(office, pathlib.Path(sys.argv[3]))
    finally:
        office.close()


if __name__ == "__main__":
    main()
