#!/usr/bin/env python3
"""The real guichet-kiosk, touched with xdotool, against a real broker and a real server.

usage: kiosk_system.py BIN_FOLDER SOURCE_FOLDER

One touch must be one ticket, with the number that the journal has, also when the finger
touches twice, when the server is slow, and when the kiosk dies before the answer. With
the virtual printer the slip carries the same number.
"""
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

PATIENCE_S = 20
SITE = "prefecture"
LETTERS = {"immatriculation": "A", "permis": "B", "sejour": "C", "renseignements": "D"}


def wait_for(what, look):
    """Waits until look() is true and returns it; ends the test when it never is."""
    end = time.monotonic() + PATIENCE_S
    while not (seen := look()):
        if time.monotonic() > end:
            sys.exit(f"never: {what}")
        time.sleep(0.02)
    print(f"ok: {what}", flush=True)
    return seen


class Hall:
    """Broker, server, X server, printer and kiosk of one test, in one folder."""

    def __init__(self, programs, source, folder):
        self.programs, self.source, self.folder = programs, source, folder
        self.started = {}
        self.environment = dict(os.environ, GUICHET=str(programs / "guichet"))

    def run(self, *command):
        done = subprocess.run([str(part) for part in command], env=self.environment,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{command}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self, name, *command, **more):
        log = open(self.folder / f"{name}.log", "ab")
        self.started[name] = subprocess.Popen([str(part) for part in command], stdout=log,
                                              stderr=log, env=self.environment, **more)

    def end(self, name, number=signal.SIGTERM):
        process = self.started.pop(name)
        process.send_signal(number)
        return process.wait(timeout=PATIENCE_S)

    def open_broker(self):
        broker = self.source / "broker-config" / "private-broker"
        lines = self.run(broker, "start", self.folder / "broker", SITE)
        ports = dict(line.split("=", 1) for line in lines.splitlines())
        self.run(self.programs / "guichet", "devices", "add", "kiosk", "hall1", "--dir",
                 self.folder / "broker")
        devices = self.folder / "broker" / "devices"
        (self.folder / "server").mkdir()
        self.journal = self.folder / "server" / "journal.db"
        (self.folder / "server.conf").write_text(
            f"[broker]\nsite = {SITE}\nidentity = server\nhost = 127.0.0.1\n"
            f"port = {ports['BROKER_SERVER_PORT']}\n"
            f"secret_file = {devices / 'server.secret'}\n"
            f"[server]\nsite_file = {self.source}/assets/sample-site/site.conf\n"
            f"journal = {self.journal}\n"
            "[clock]\nmode = scaled\nfactor = 1\nstart = 2026-11-23T10:42:00+01:00\n")
        self.kiosk_conf = (devices / "kiosk-hall1.conf").read_text() + (
            f"[device]\nstate_directory = {self.folder}/kiosk\n"
            "[screen]\nfull_screen = no\n")

    def open_printer(self):
        """A virtual printer; false where none can be had."""
        if not all(shutil.which(tool, path=os.environ["PATH"] + ":/usr/sbin")
                   for tool in ("cupsd", "ippeveprinter", "pdftotext")):
            return False
        cups = self.source / "printing" / "virtual-printer" / "private-cups"
        self.run(cups, "start", self.folder / "cups", "ticket")
        server = self.run("sh", "-c", '. "$0/cups.env" && printf %s "$CUPS_SERVER"',
                          self.folder / "cups")
        self.kiosk_conf += f"[printer]\nqueue = ticket\nserver = {server}\n"
        return True

    def open_screen(self):
        reading, writing = os.pipe()
        self.start("Xvfb", "Xvfb", "-displayfd", writing, "-screen", "0", "1080x1920x24",
                   "-nolisten", "tcp", pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as number:
            self.environment["DISPLAY"] = ":" + number.readline().strip()

    def start_server(self):
        self.start("server", self.programs / "guichet-server", "--config",
                   self.folder / "server.conf")

    def start_kiosk(self):
        (self.folder / "kiosk.conf").write_text(self.kiosk_conf)
        self.start("kiosk", self.programs / "guichet-kiosk", "--config",
                   self.folder / "kiosk.conf", "--size", "1080x1920", "--describe",
                   self.folder / "seen.txt", "--screenshot", self.folder / "seen.png")

    def close(self):
        for name in list(self.started):
            self.started[name].send_signal(signal.SIGCONT)
            self.end(name)
        cups = self.source / "printing" / "virtual-printer" / "private-cups"
        if (self.folder / "cups").exists():
            self.run(cups, "stop", self.folder / "cups")
        self.run(self.source / "broker-config" / "private-broker", "stop",
                 self.folder / "broker")

    # ---- the screen

    def lines(self):
        try:
            return (self.folder / "seen.txt").read_text().splitlines()
        except FileNotFoundError:
            return []

    def page(self):
        return next((line.removeprefix("page ") for line in self.lines()), None)

    def texts(self):
        return [line.split('"')[1] for line in self.lines() if line.startswith("text ")]

    def touch(self, label, repeat=1):
        """Touches the target with this label in its middle."""
        for line in self.lines():
            if line.startswith("target ") and line.endswith(f' enabled "{label}"'):
                x, y, width, height = (int(part) for part in line.split()[2:6])
                self.run("xdotool", "mousemove", x + width // 2, y + height // 2, "click",
                         "--repeat", repeat, "--delay", 40, 1)
                return
        sys.exit(f"there is no target '{label}' on page '{self.page()}'")

    def wait_page(self, page):
        wait_for(f"page {page}", lambda: self.page() == page)

    def number(self):
        """The number on the ticket page: its largest text."""
        texts = [line for line in self.lines() if line.startswith("text ")]
        return max(texts, key=lambda line: int(line.split()[3])).split('"')[1]

    # ---- the journal

    def visits(self):
        with sqlite3.connect(f"file:{self.journal}?mode=ro", uri=True) as journal:
            rows = journal.execute("SELECT service, number, state, print, language, class "
                                   "FROM visit ORDER BY ticket").fetchall()
        return [(f"{LETTERS[row[0]]}{row[1]:03}",) + row[2:] for row in rows]


def expect(what, seen, wanted):
    if seen != wanted:
        sys.exit(f"{what}: {seen!r} instead of {wanted!r}")
    print(f"ok: {what}: {seen!r}", flush=True)


def rest(hall):
    """Lets the half second pass in which the same place is not touched again."""
    time.sleep(0.6)


def take_one(hall):
    hall.wait_page("services")
    hall.touch("Permis de conduire")
    hall.wait_page("ticket")
    expect("number on the screen and in the journal", [hall.number()],
           [visit[0] for visit in hall.visits()])


def print_one(hall):
    printed = hall.folder / "cups" / "out" / "ticket" / "001.pdf"
    wait_for("a slip on paper", printed.exists)
    words = wait_for("words on the slip", lambda: subprocess.run(
        ["pdftotext", printed, "-"], capture_output=True, text=True,
        check=False).stdout.split())
    expect("number on the slip", hall.number() in words, True)
    expect("the office's line on the slip", "justificatif" in words, True)
    wait_for("the journal knows the paper", lambda: hall.visits()[0][2] == "printed")
    wait_for("the page says so", lambda: "Prenez votre ticket." in hall.texts())


def touch_twice(hall):
    hall.touch("Terminé")
    hall.wait_page("services")
    time.sleep(10)  # the next person, not the same
    hall.touch("Titre de séjour", repeat=2)
    hall.wait_page("ticket")
    rest(hall)
    expect("tickets after a double touch", len(hall.visits()), 2)
    hall.touch("Terminé")
    hall.wait_page("services")


def ask_and_cancel(hall):
    rest(hall)
    hall.touch("English")
    wait_for("English", lambda: "Touch the reason for your visit" in hall.texts())
    hall.touch("Priority")
    hall.wait_page("priority")
    rest(hall)
    hall.touch("Reduced mobility")
    hall.wait_page("services")
    rest(hall)
    hall.touch("Vehicle registration")
    hall.wait_page("another")
    rest(hall)
    hall.touch("Yes, another ticket")
    hall.wait_page("ticket")
    expect("language and class", hall.visits()[2][3:], ("en", "reduced-mobility"))
    rest(hall)
    hall.touch("Cancel this ticket")
    hall.wait_page("sure")
    rest(hall)
    hall.touch("Yes, cancel it")
    hall.wait_page("cancelled")
    expect("the ticket in the journal", hall.visits()[2][1], "cancelled")
    rest(hall)
    hall.touch("Done")
    hall.wait_page("services")


def die_before_the_answer(hall):
    rest(hall)
    hall.touch("Français")
    time.sleep(10)  # another person
    hall.started["server"].send_signal(signal.SIGSTOP)
    hall.touch("Renseignements")
    hall.wait_page("sending")
    hall.end("kiosk", signal.SIGKILL)
    hall.started["server"].send_signal(signal.SIGCONT)
    hall.start_kiosk()
    hall.wait_page("ticket")
    expect("tickets after the kiosk's death", len(hall.visits()), 4)
    expect("its number is shown", hall.number(), hall.visits()[3][0])


def lose_the_server(hall):
    rest(hall)
    hall.touch("Terminé")
    hall.wait_page("services")
    hall.end("server", signal.SIGKILL)
    hall.wait_page("unreachable")
    hall.start_server()
    hall.wait_page("services")


def read_again(hall):
    """SIGHUP takes a new configuration once nobody is there; a bad one changes nothing."""
    def services_in(word):
        wait_for(f"services and '{word}'", lambda: hall.page() == "services" and any(
            word in line for line in hall.lines()))
    process = hall.started["kiosk"]
    path = hall.folder / "kiosk.conf"
    path.write_text(hall.kiosk_conf + "[nonsense]\n")
    process.send_signal(signal.SIGHUP)
    wait_for("the log says that it cannot be taken", lambda: "stays in force" in
             (hall.folder / "kiosk.log").read_text(errors="replace"))
    services_in("Touchez")
    path.write_text(hall.kiosk_conf.replace("[device]\n", "[device]\nlanguage = en\n"))
    process.send_signal(signal.SIGHUP)
    services_in("Touch ")
    expect("the same process", process.poll(), None)


def main():
    programs, source = (pathlib.Path(argument) for argument in sys.argv[1:])
    folder = pathlib.Path(tempfile.mkdtemp(prefix="guichet-kiosk-"))
    folder.chmod(0o755)
    hall = Hall(programs, source, folder)
    try:
        hall.open_broker()
        hall.open_screen()
        has_printer = hall.open_printer()
        hall.start_server()
        hall.start_kiosk()
        take_one(hall)
        if has_printer:
            print_one(hall)
        touch_twice(hall)
        ask_and_cancel(hall)
        die_before_the_answer(hall)
        lose_the_server(hall)
        read_again(hall)
        expect("exit of the kiosk", hall.end("kiosk"), 0)
        expect("a picture at the end", (folder / "seen.png").exists(), True)
    except SystemExit:
        print((folder / "kiosk.log").read_text(errors="replace"), file=sys.stderr)
        raise
    finally:
        hall.close()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
