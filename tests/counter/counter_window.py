#!/usr/bin/env python3
"""An agent's morning at the real window: keys and clicks, seen in the picture's description
and in the journal.

usage: counter_window.py BUILD_DIRECTORY SOURCE_DIRECTORY
"""
import os
import re
import signal
import subprocess
import sys
import time

from small_office import (
    PATIENCE_S, SITE, SmallOffice, cpu_s, must_hold, start_x, wait_for)

STALE_WITHIN_S = 7
IDLE_S = 5
# Two presses at one place within half a second count as one.
APART_S = 0.6


class Window:
    """guichet-counter for counter 3 in an X server of its own."""

    def __init__(self, office):
        self.office = office
        self.described = office.folder / "picture.txt"
        self.screenshot = office.folder / "picture.png"
        self.environment = {**os.environ, "DISPLAY": start_x(office, "1280x800"),
                            "SDL_VIDEODRIVER": "x11"}
        self.config = office.config("counter-3", f"""
[device]
state_directory = {office.folder}/state
language = fr
""")
        self.process = office.run(
            "guichet-counter", "--config", self.config, "--size", "1280x800", "--describe",
            self.described, "--screenshot", self.screenshot, env=self.environment)

    def text(self):
        return self.described.read_text() if self.described.exists() else ""

    def head(self, name):
        found = re.search(rf"^{name} (.*)$", self.text(), re.MULTILINE)
        return found.group(1) if found else ""

    def target(self, label):
        """(x, y of the middle, enabled or disabled) of what can be pressed, or None."""
        found = re.search(rf'^target \d+ (\d+) (\d+) (\d+) (\d+) (\w+) "{re.escape(label)}"$',
                          self.text(), re.MULTILINE)
        if not found:
            return None
        x, y, width, height = (int(found.group(i)) for i in range(1, 5))
        return x + width // 2, y + height // 2, found.group(5)

    def offers(self, label):
        target = self.target(label)
        return target is not None and target[2] == "enabled"

    def xdotool(self, *words):
        subprocess.run(["xdotool", *map(str, words)], env=self.environment, check=True,
                       timeout=PATIENCE_S)

    def keys(self, *names):
        self.xdotool("key", *names)

    def tap(self, label):
        wait_for(f"« {label} » can be pressed", lambda: self.offers(label))
        x, y, _ = self.target(label)
        self.xdotool("mousemove", x, y, "click", 1)

    def click(self, label):
        time.sleep(APART_S)
        self.tap(label)

    def wait_state(self, state, ticket="-"):
        wait_for(f"the window shows {state} {ticket}",
                 lambda: (self.head("state"), self.head("ticket")) == (state, ticket))


def wait_event(office, kind, count, **members):
    wait_for(f"the journal holds {count} {kind} {members or ''}",
             lambda: office.count(kind) == count)
    body = office.newest(kind)
    if any(body.get(name) != value for name, value in members.items()):
        sys.exit(f"{kind}: {body}")


def serve_by_keys(office, window):
    """Open, call, recall, start, finish, no-show and its undo."""
    wait_for("the window is live", lambda: window.offers("Ouvrir le guichet"))
    window.keys("F6")
    wait_event(office, "counter-opened", 1, counter="3")
    window.wait_state("free")
    wait_for("the next is known", lambda: window.offers("Appeler le suivant"))
    window.keys("space", "space")
    wait_event(office, "ticket-called", 1, ticket=1, rule="share")
    window.wait_state("called", "A001")
    must_hold("a double press calls once", 1.5,
              lambda: office.count("ticket-called") == 1 and
              office.count("ticket-no-show") == 0)
    window.keys("F2")
    wait_event(office, "ticket-recalled", 1, ticket=1)
    window.click("Commencer")
    wait_event(office, "ticket-started", 1, ticket=1, imputed=False)
    window.wait_state("serving", "A001")
    window.click("Terminer")
    wait_event(office, "ticket-finished", 1, ticket=1)
    window.wait_state("free")
    window.click("Appeler le suivant")
    window.wait_state("called", "A002")
    window.keys("Home")
    wait_event(office, "help-asked", 1, counter="3")
    wait_for("another counter is told", lambda: office.talk(
        "mosquitto_sub", "counter", "1", "-C", "1", "-t",
        f"guichet/v1/{SITE}/counter/1/state")["help_at"] == [{"counter": "3"}])
    window.keys("Home")
    wait_event(office, "help-ended", 1, counter="3")
    window.keys("F3")
    wait_event(office, "ticket-no-show", 1, ticket=2)
    window.wait_state("free")
    window.keys("F10")
    wait_event(office, "press-undone", 1)
    window.wait_state("called", "A002")
    window.keys("F4")
    wait_event(office, "ticket-finished", 2, ticket=2)
    window.wait_state("free")


def send_on(office, window):
    """To another service, back to the same counter, aside and back; undone as well."""
    window.keys("space")
    window.wait_state("called", "A003")
    window.keys("t", "b", "Return")
    wait_event(office, "ticket-transferred", 1, ticket=3, service="permis", parked=False)
    wait_event(office, "ticket-started", 4, ticket=3)
    window.wait_state("free")
    time.sleep(APART_S)
    window.keys("F10")
    window.wait_state("called", "A003")
    window.keys("t")
    wait_for("a transfer is asked", lambda: window.head("dialogue") == "transfer")
    if window.offers("Réorienter"):
        sys.exit("sending on to the same line is offered")
    window.click("À son retour")
    window.click("Mettre de côté\u00a0: revient ici")
    wait_event(office, "ticket-transferred", 2, ticket=3, parked=True, for_counter="3")
    wait_for("the parked ticket is shown", lambda: "A003" in window.text())
    time.sleep(APART_S)
    window.keys("r")
    wait_for("the parked one is offered", lambda: window.head("dialogue") == "resume")
    window.keys("Return")
    wait_event(office, "ticket-resumed", 1, ticket=3, counter="3")
    wait_for("the window says for whom", lambda: "pour ce guichet seul" in window.text())
    time.sleep(APART_S)
    window.keys("space")
    wait_event(office, "ticket-called", 5, ticket=3, rule="reserved")
    window.wait_state("called", "A003")
    window.click("Terminer")
    window.wait_state("free")


def come_back(office, window):
    """Who was absent comes to the counter after all."""
    window.keys("space")
    window.wait_state("called", "A006")
    window.keys("F3")
    wait_event(office, "ticket-no-show", 2, ticket=6)
    window.wait_state("free")
    window.keys("F1")
    wait_for("the absent person is asked for", lambda: window.head("dialogue") == "readmit")
    window.keys("a", "0", "0", "6", "Return")
    wait_event(office, "ticket-readmitted", 1, ticket=6)
    wait_for("the dialogue is closed", lambda: not window.head("dialogue").strip())
    time.sleep(APART_S)
    window.keys("F1", "a", "0", "0", "6", "Return")
    wait_for("a refusal says why", lambda: "Le ticket A006 est en attente." in window.text())
    wait_for("and goes", lambda: "A006 est" not in window.text())


def use_dialogues(office, window):
    """A pause with its reason, a chosen ticket, a cancelled one."""
    window.keys("F9")
    wait_for("reasons are asked", lambda: window.head("dialogue") == "pause")
    window.click("10\u00a0min")
    window.click("Réunion")
    wait_event(office, "counter-paused", 1, reason="Réunion")
    if not office.newest("counter-paused").get("back_at"):
        sys.exit("the pause does not say when it ends")
    window.wait_state("paused")
    window.click("Ouvrir le guichet")
    wait_event(office, "counter-opened", 2)
    window.wait_state("free")
    window.keys("F7")
    wait_for("a ticket is asked", lambda: window.head("dialogue") == "choose")
    window.keys("a", "0", "0", "4", "Return")
    wait_event(office, "ticket-called", 3, ticket=4, rule="chosen")
    window.wait_state("called", "A004")
    window.click("Terminer")
    window.wait_state("free")
    window.keys("F8")
    wait_for("a ticket to cancel is asked", lambda: window.head("dialogue") == "cancel")
    time.sleep(APART_S)
    for label in ("A", "0", "0", "5", "Annuler ce ticket"):
        window.tap(label)
    wait_event(office, "ticket-cancelled", 1, ticket=5)
    wait_for("the dialogue is closed", lambda: not window.head("dialogue").strip())
    time.sleep(APART_S)
    window.keys("F8", "a", "0", "0", "5", "Return")
    wait_for("a refusal says why", lambda: "Le ticket A005 est annulé." in window.text())
    if office.count("ticket-cancelled") != 1:
        sys.exit("a ticket was cancelled twice")
    wait_for("and goes", lambda: "A005" not in window.text())
    send_on(office, window)
    come_back(office, window)
    window.keys("F6")
    wait_for("the last counter is asked", lambda: window.head("dialogue") == "close")
    if "Dernier guichet ouvert pour Immatriculation" not in window.text():
        sys.exit("the dialogue does not say for whom")
    window.keys("Return")
    wait_event(office, "counter-closed", 1)
    window.wait_state("closed")


def record_contact(office, window):
    """A phone call and a letter of another service, with the counter closed or not."""
    window.keys("F12")
    wait_for("a contact is asked", lambda: window.head("dialogue") == "contact")
    window.click("5\u00a0min")
    window.click("Enregistrer\u00a0: traité")
    wait_event(office, "contact-recorded", 1, channel="phone", outcome="served")
    wait_for("it is said", lambda: "Le contact est enregistré." in window.text())
    time.sleep(APART_S)
    window.keys("F12")
    wait_for("another is asked", lambda: window.head("dialogue") == "contact")
    window.click("Courrier")
    window.click("7\u00a0jours")
    window.keys("Return")
    wait_event(office, "contact-recorded", 2, channel="letter", outcome="served")
    body = office.newest("contact-recorded")
    days = {body[name][:10] for name in ("received_at", "answered_at")}
    if len(days) != 2:
        sys.exit(f"a letter of 7 days ago: {body}")


def idle(window):
    """With nothing to do nothing is painted and next to no time is used."""
    time.sleep(1)
    used_s = cpu_s(window.process)
    pictures = set()
    end = time.monotonic() + IDLE_S
    while time.monotonic() < end:
        pictures.add(window.described.stat().st_mtime_ns)
        time.sleep(0.1)
    used_s = cpu_s(window.process) - used_s
    print(f"ok: idle for {IDLE_S} s: {used_s:.2f} s of processor, {len(pictures)} pictures")
    # A minute of somebody's wait may begin meanwhile.
    if used_s > 0.02 * IDLE_S or len(pictures) > 2:
        sys.exit("an idle window works")


def read_again(window):
    """SIGHUP takes a new configuration; a bad one leaves the old in force."""
    good = window.config.read_text()
    window.config.write_text(good.replace("language = fr", "language = xx"))
    window.process.send_signal(signal.SIGHUP)
    must_hold("a bad configuration changes nothing", 1,
              lambda: window.process.poll() is None and window.offers("Ouvrir le guichet"))
    window.config.write_text(good.replace("language = fr", "language = en"))
    window.process.send_signal(signal.SIGHUP)
    wait_for("it goes on in English", lambda: window.offers("Open the counter"))
    window.config.write_text(good)
    window.process.send_signal(signal.SIGHUP)
    wait_for("and in French again", lambda: window.offers("Ouvrir le guichet"))


def lose_the_broker(office, window):
    office.kill_broker()
    since = time.monotonic()
    wait_for("the window says that there is no connection",
             lambda: "Pas de liaison avec le serveur" in window.text())
    took_s = time.monotonic() - since
    if took_s > STALE_WITHIN_S or window.offers("Ouvrir le guichet"):
        sys.exit(f"stale after {took_s:.1f} s, or it can still be pressed")
    window.keys("F6")
    office.start_broker()
    wait_for("it recovers", lambda: window.offers("Ouvrir le guichet"))
    must_hold("a press without connection did nothing", 1,
              lambda: office.count("counter-opened") == 2)


def main():
    office = SmallOffice(sys.argv[1], sys.argv[2], [
        ("kiosk", "hall1"), ("counter", "1"), ("counter", "3")])
    try:
        labels = [office.take("immatriculation") for _ in range(6)]
        if labels != [f"A00{number}" for number in range(1, 7)]:
            sys.exit(f"the kiosk gave {labels}")
        window = Window(office)
        serve_by_keys(office, window)
        use_dialogues(office, window)
        record_contact(office, window)
        idle(window)
        read_again(window)
        lose_the_broker(office, window)
        window.process.send_signal(signal.SIGTERM)
        if window.process.wait(PATIENCE_S) != 0 or not window.screenshot.exists():
            sys.exit(f"the window ended with {window.process.returncode}")
        print("ok: the end is clean")
    finally:
        office.close()


if __name__ == "__main__":
    main()
