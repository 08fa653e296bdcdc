#!/usr/bin/env python3
"""The real guichet-display against a real broker and a real X server.

usage: display_system.py GUICHET GUICHET_DISPLAY PRIVATE_BROKER

Publishes boards as the server would and reads what the screen shows from --describe, what
it reports from display/hall1/shown, and what it remembers from its state directory.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE_S = 20
SITE = "prefecture"
PREFIX = f"guichet/v1/{SITE}/"


def wait_for(what, look):
    """Waits until look() is true; ends the test when it never is."""
    end = time.monotonic() + PATIENCE_S
    while not look():
        if time.monotonic() > end:
            sys.exit(f"never: {what}")
        time.sleep(0.02)
    print(f"ok: {what}", flush=True)


def name(fr, en):
    return {"fr": fr, "en": en}


def config(epoch):
    """The configuration of a site with two services and two counters."""
    return {
        "epoch": epoch,
        "site": {"id": SITE, "name": name("Préfecture", "Prefecture"),
                 "time_zone": "Europe/Paris", "call_chosen": True, "wrap_up": False,
                 "no_show_within_s": 15, "notice": name("", "")},
        "halls": [{"id": "main", "name": name("Hall", "Hall")}],
        "services": [
            {"id": "permis", "letter": "B", "color": "#b05c08",
             "name": name("Permis de conduire", "Driving licence"),
             "short_name": name("Permis", "Licence"), "detail": name("", ""),
             "standard_wait_s": 900, "standard_share_percent": 80}],
        "counters": [{"id": i, "label": i, "name": name(f"Guichet {i}", f"Counter {i}"),
                      "hall": "main", "services": ["permis"]} for i in ("1", "2")],
        "classes": [{"id": "none", "name": name("Aucune", "None"), "at_kiosk": False}],
        "kiosks": [], "displays": [{"id": "hall1", "hall": "main"}], "buttons": [],
    }


class Office:
    """What a server would know: publishes boards."""

    def __init__(self, broker):
        self.broker = broker
        self.epoch, self.seq, self.tick, self.calls = 3, 100, 0, []

    def publish(self, leaf, document, retain=True):
        words = ["mosquitto_pub", "-V", "5", "-q", "1", "-h", "127.0.0.1",
                 "-p", self.broker.values["BROKER_SERVER_PORT"], "-i", "server",
                 "-u", "server", "-P", self.broker.secret("server"),
                 "-t", PREFIX + leaf, "-m", json.dumps(document)]
        subprocess.run(words + (["-r"] if retain else []), check=True, timeout=PATIENCE_S)

    def call(self, ticket, counter, kind="call"):
        self.seq += 1
        self.calls.append({"call": self.seq, "kind": kind, "ticket": ticket,
                           "service": "permis", "counter": counter, "age_ms": 0,
                           "state": "called", "at": time.monotonic()})
        return self.seq

    def board(self):
        self.tick += 1
        calls = [{**call, "age_ms": int((time.monotonic() - call["at"]) * 1000)}
                 for call in self.calls]
        for call in calls:
            del call["at"]
        self.publish("board/main", {
            "epoch": self.epoch, "seq": self.seq, "tick": self.tick,
            "at": "2026-11-23T09:42:10.000Z", "clock": "stepped", "factor": 1,
            "day": "2026-11-23", "hall": "main", "calls": calls,
            "counters": [{"id": i, "state": "free", "light": "green", "ticket": None,
                          "reason": "", "back_at": None} for i in ("1", "2")],
            "services": [{"id": "permis", "open": True, "waiting": 3,
                          "wait": {"low_min": 5, "high_min": 10}}]})


class Broker:
    """A private broker with one display."""

    def __init__(self, folder, guichet, script):
        self.folder = folder
        self.script = script
        self.environment = {**os.environ, "GUICHET": guichet}
        self.start()
        subprocess.run([guichet, "devices", "add", "display", "hall1", "--dir", str(folder)],
                       check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE_S)

    def start(self):
        # Its broker outlives the script, so nothing may be read from a pipe to the end.
        subprocess.run([self.script, "start", str(self.folder), SITE], check=True,
                       env=self.environment, stdout=subprocess.DEVNULL, timeout=PATIENCE_S)
        lines = (self.folder / "broker.env").read_text().splitlines()
        self.values = dict(line.split("=", 1) for line in lines)

    def kill(self):
        os.kill(int(self.values["BROKER_PID"]), signal.SIGKILL)
        wait_for("the broker is gone", lambda: not self.is_running())
        # Where nobody reaps orphans, the killed process would pass for a running one.
        (self.folder / "run" / "mosquitto.pid").unlink()

    def is_running(self):
        stat = pathlib.Path("/proc", self.values["BROKER_PID"], "stat")
        return stat.exists() and stat.read_text().split(") ")[1][0] != "Z"

    def stop(self):
        subprocess.run([self.script, "stop", str(self.folder)], check=False,
                       env=self.environment, timeout=PATIENCE_S)

    def secret(self, identity):
        return (self.folder / "devices" / f"{identity}.secret").read_text().strip()


class Screen:
    """The program in a window of its own X server."""

    def __init__(self, folder, program, broker):
        self.folder = folder
        self.described = folder / "picture.txt"
        self.screenshot = folder / "picture.png"
        read_end, write_end = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x720x24",
             "-nolisten", "tcp"], pass_fds=[write_end], stderr=subprocess.DEVNULL)
        os.close(write_end)
        with os.fdopen(read_end) as numbers:
            self.display = ":" + numbers.readline().strip()
        block = (broker.folder / "devices" / "display-hall1.conf").read_text()
        (folder / "display.conf").write_text(
            block + f"\n[device]\nstate_directory = {folder}/state\nlanguage = fr\n")
        self.command = [program, "--config", str(folder / "display.conf"),
                        "--size", "1280x720", "--describe", str(self.described),
                        "--screenshot", str(self.screenshot)]
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            self.command, env={**os.environ, "DISPLAY": self.display,
                               "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"})

    def stop(self):
        self.process.terminate()
        if self.process.wait(PATIENCE_S) != 0:
            sys.exit(f"the display ended with {self.process.returncode}")

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.server.terminate()
        self.server.wait()

    def shows(self, text):
        return self.described.exists() and f'"{text}"' in self.described.read_text()


class Reports:
    """Everything that the display publishes: `shown` in order, and its presence."""

    def __init__(self, broker, folder):
        self.path = folder / "reports.txt"
        self.file = self.path.open("w")
        self.broker = broker
        self.listen()

    def listen(self):
        self.process = subprocess.Popen(
            ["mosquitto_sub", "-V", "5", "-h", "127.0.0.1",
             "-p", self.broker.values["BROKER_LOOPBACK_PORT"], "-i", "admin-test",
             "-u", "admin-test", "-P", self.broker.secret("admin-test"), "-q", "1",
             "-t", PREFIX + "display/hall1/#", "-F", "%t %p"], stdout=self.file)

    def lines(self, leaf):
        return [json.loads(line.split(" ", 1)[1]) for line in self.path.read_text().splitlines()
                if line.startswith(f"{PREFIX}display/hall1/{leaf} ") and line.endswith("}")]

    def shown(self):
        return [report["call"] for report in self.lines("shown")]

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.file.close()



def play(office, screen, reports, broker):
    screen.start()
    wait_for("without anything the screen says so",
             lambda: screen.shows("Cet écran attend le serveur"))
    office.publish("config", config(3))
    wait_for("presence is published", lambda: reports.lines("status"))
    first = office.call("B101", "1")
    second = office.call("B102", "2")
    office.board()
    wait_for("two close calls are both shown",
             lambda: screen.shows("B101") and screen.shows("B102"))
    wait_for("and both announced, in order", lambda: reports.shown() == [first, second])
    if not all(report["drawn"] and report["sounded"] for report in reports.lines("shown")):
        sys.exit(f"not drawn or not sounded: {reports.lines('shown')}")
    recall = office.call("B101", "1", "recall")
    office.board()
    wait_for("a recall is announced", lambda: reports.shown() == [first, second, recall])
    screen.process.send_signal(signal.SIGUSR1)
    wait_for("SIGUSR1 makes a picture", screen.screenshot.exists)
    print("ok: describes the sizes", screen.described.read_text().splitlines()[0])

    silence = time.monotonic()
    wait_for("six seconds without a board are marked",
             lambda: screen.shows("Affichage non actualisé depuis 10\u00a0h\u00a042"))
    if time.monotonic() - silence < 4:
        sys.exit("the screen was called stale too early")
    office.board()
    wait_for("a board ends the mark",
             lambda: not screen.shows("Affichage non actualisé depuis 10\u00a0h\u00a042"))

    broker.kill()
    broker.start()
    wait_for("the display comes back",
             lambda: len({s.get("birth") for s in reports.lines("status")} - {None}) >= 2)
    office.publish("config", config(3))
    fourth = office.call("B104", "2")
    office.board()
    wait_for("it announces after the broker was killed",
             lambda: reports.shown()[-1:] == [fourth] and screen.shows("B104"))

    office.epoch -= 1
    office.call("B105", "2")
    office.board()
    office.epoch += 1
    office.calls.pop()
    sixth = office.call("B106", "1")
    office.board()
    wait_for("a lower epoch is ignored", lambda: reports.shown()[-1:] == [sixth])
    if screen.shows("B105"):
        sys.exit("a board of a lower epoch was shown")

    screen.stop()
    wait_for("at the end it says that it is gone",
             lambda: reports.lines("status")[-1] == {"online": False})
    count = len(reports.shown())
    screen.described.unlink()
    screen.start()
    wait_for("a retained board is shown as unconfirmed",
             lambda: screen.shows("Non confirmé\u00a0: dernier état connu à 10\u00a0h\u00a042"))
    path = screen.folder / "display.conf"
    good = path.read_text()
    path.write_text(good + "[nonsense]\n")
    screen.process.send_signal(signal.SIGHUP)
    path.write_text(good.replace("language = fr", "language = en"))
    screen.process.send_signal(signal.SIGHUP)
    wait_for("SIGHUP takes the new language",
             lambda: '"Not confirmed: last known at 10:42' in screen.described.read_text())
    seventh = office.call("B107", "1")
    office.board()
    wait_for("a start announces only what is new", lambda: seventh in reports.shown())
    if reports.shown()[count:] != [seventh]:
        sys.exit(f"announced again: {reports.shown()}")
    screen.stop()


def main():
    guichet, program, script = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="guichet-display-") as name_of_folder:
        folder = pathlib.Path(name_of_folder)
        broker = Broker(folder / "broker", guichet, script)
        screen = reports = None
        try:
            subprocess.run([guichet, "devices", "add", "admin", "test",
                            "--dir", str(broker.folder)], check=True,
                           stdout=subprocess.DEVNULL, timeout=PATIENCE_S)
            reports = Reports(broker, folder)
            screen = Screen(folder, program, broker)
            play(Office(broker), screen, reports, broker)
        finally:
            if screen:
                screen.close()
            if reports:
                reports.close()
            broker.stop()


if __name__ == "__main__":
    main()
