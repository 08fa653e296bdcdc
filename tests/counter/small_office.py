"""A broker, a server and an X server of one's own, for the system tests of guichet-counter."""
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid

PATIENCE_S = 20
SITE = "prefecture"


def wait_for(what, look):
    """Waits until look() is true; ends the test when it never is."""
    end = time.monotonic() + PATIENCE_S
    while not look():
        if time.monotonic() > end:
            sys.exit(f"never: {what}")
        time.sleep(0.02)
    print(f"ok: {what}", flush=True)


def must_hold(what, seconds, look):
    """Ends the test when look() becomes false within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not look():
            sys.exit(f"not true any more: {what}")
        time.sleep(0.05)
    print(f"ok: {what}", flush=True)


def end_process(process):
    if process and process.poll() is None:
        process.kill()
        process.wait()


class SmallOffice:
    """The sample prefecture on a Monday morning; devices of `identities` ("counter", "3")."""

    def __init__(self, build, source, identities):
        self.holder = tempfile.TemporaryDirectory(prefix="guichet-counter-")
        self.folder = pathlib.Path(self.holder.name)
        self.programs = pathlib.Path(build, "bin")
        self.script = pathlib.Path(source, "broker-config", "private-broker")
        self.environment = {**os.environ, "GUICHET": str(self.programs / "guichet")}
        self.server = None
        self.children = []
        self.start_broker()
        try:
            for words in identities:
                subprocess.run([self.programs / "guichet", "devices", "add", *words,
                                "--dir", self.folder / "broker"], check=True,
                               stdout=subprocess.DEVNULL, timeout=PATIENCE_S)
            self.start_server(source)
        except BaseException:
            self.close()
            raise

    def start_broker(self):
        # The broker outlives the script, so nothing may be read from a pipe to the end.
        subprocess.run([self.script, "start", self.folder / "broker", SITE], check=True,
                       env=self.environment, stdout=subprocess.DEVNULL, timeout=PATIENCE_S)
        lines = (self.folder / "broker" / "broker.env").read_text().splitlines()
        self.values = dict(line.split("=", 1) for line in lines)

    def kill_broker(self):
        os.kill(int(self.values["BROKER_PID"]), signal.SIGKILL)
        wait_for("the broker is gone", lambda: not self.broker_runs())
        # Where nobody reaps orphans, the killed process would pass for a running one.
        (self.folder / "broker" / "run" / "mosquitto.pid").unlink()

    def broker_runs(self):
        stat = pathlib.Path("/proc", self.values["BROKER_PID"], "stat")
        return stat.exists() and stat.read_text().split(") ")[1][0] != "Z"

    def config(self, identity, text):
        """Writes the identity's lines and `text` as a configuration; returns its path."""
        lines = (self.folder / "broker" / "devices" / f"{identity}.conf").read_text()
        path = self.folder / f"{identity}.conf"
        path.write_text(lines + "\n" + text)
        return path

    def start_server(self, source):
        self.journal = self.folder / "journal.db"
        config = self.config("server", f"""
[server]
site_file = {source}/assets/sample-site/site.conf
journal = {self.journal}
reserve_mib = 4
[clock]
mode = scaled
factor = 1
start = 2026-11-23T09:00:00+01:00
""")
        self.server = self.run("guichet-server", "--config", config)
        # The day opens before the server hears; its epoch starts when it does.
        wait_for("the server hears", lambda: "epoch-started" in self.kinds())

    def run(self, program, *arguments, **options):
        process = subprocess.Popen([self.programs / program, *arguments], **options)
        self.children.append(process)
        return process

    def talk(self, program, kind, number, *words):
        """Runs one of mosquitto's clients as the device; returns the document it prints."""
        identity = f"{kind}-{number}"
        secret = (self.folder / "broker" / "devices" / f"{identity}.secret").read_text()
        done = subprocess.run(
            [program, "-V", "5", "-h", "127.0.0.1", "-p",
             self.values["BROKER_LOOPBACK_PORT"], "-i", identity, "-u", identity, "-P",
             secret.strip(), "-q", "1", "-W", "5", *words],
            check=True, stdout=subprocess.PIPE, timeout=PATIENCE_S)
        return json.loads(done.stdout)

    def ask(self, kind, number, command):
        """Sends a command as the device; returns the reply."""
        topic = f"guichet/v1/{SITE}/{kind}/{number}/"
        name = uuid.UUID(int=uuid.uuid4().int & ~(0xF << 76) | 7 << 76)
        return self.talk("mosquitto_rr", kind, number, "-t", topic + "command", "-e",
                         topic + "reply", "-m", json.dumps({"id": str(name), **command}))

    def take(self, service):
        """A citizen takes a ticket at the kiosk; returns its label."""
        reply = self.ask("kiosk", "hall1",
                         {"verb": "take", "service": service, "language": "fr"})
        return reply["ticket"]["label"]

    def open_counter(self, number):
        state = self.talk("mosquitto_sub", "counter", number, "-C", "1", "-t",
                          f"guichet/v1/{SITE}/counter/{number}/state")
        seen = {name: state[name] for name in ("version", "epoch", "tick")}
        reply = self.ask("counter", number, {"verb": "open", **seen})
        if not reply["ok"]:
            sys.exit(f"counter {number} did not open: {reply}")

    def events(self):
        """The journal as (kind, body), oldest first."""
        if not self.journal.exists():
            return []
        try:
            with sqlite3.connect(f"file:{self.journal}?mode=ro", uri=True) as journal:
                rows = journal.execute("SELECT kind, body FROM event ORDER BY seq").fetchall()
        except sqlite3.OperationalError:
            return []  # the server is just making it
        return [(kind, json.loads(body)) for kind, body in rows]

    def kinds(self):
        return [kind for kind, _ in self.events()]

    def count(self, kind):
        return self.kinds().count(kind)

    def newest(self, kind):
        bodies = [body for name, body in self.events() if name == kind]
        return bodies[-1] if bodies else {}

    def close(self):
        for child in reversed(self.children):
            end_process(child)
        subprocess.run([self.script, "stop", self.folder / "broker"], check=False,
                       env=self.environment, timeout=PATIENCE_S)
        self.holder.cleanup()


def start_x(office, size):
    """Starts an X server on a free display; returns the display's name."""
    read_end, write_end = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{size}x24", "-nolisten",
         "tcp"], pass_fds=[write_end], stderr=subprocess.DEVNULL)
    office.children.append(process)
    os.close(write_end)
    with os.fdopen(read_end) as numbers:
        return ":" + numbers.readline().strip()


def cpu_s(process):
    """Seconds of processor time that the process has used so far."""
    fields = pathlib.Path("/proc", str(process.pid), "stat").read_text().split(") ")[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
