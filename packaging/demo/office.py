"""The office of the demonstration: a private broker, private printing, the server and its devices.

Everything is started here, and ended here by its own process id, whatever happens.
"""
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = SOURCE / "assets" / "sample-site" / "site.conf"
SITE = "prefecture"
PRINTER = "ticket"


class Trouble(Exception):
    """The demonstration cannot go on, in a sentence."""


class Office:
    def __init__(self, build):
        self.bin = build / "bin"
        self.holder = tempfile.TemporaryDirectory(prefix="guichet-demo-")
        self.folder = pathlib.Path(self.holder.name)
        self.folder.chmod(0o711)  # CUPS's filters run as another account and pass through
        self.broker = self.folder / "broker"
        self.cups = self.folder / "cups"
        self.journal = self.folder / "journal.db"
        self.prints = self.cups / "out" / PRINTER
        self.environment = dict(os.environ, GUICHET=str(self.bin / "guichet"))
        self.children = []
        self.undo = []
        self.broker_port = None
        self.cups_server = None

    # ---- processes ----

    def start(self, name, command, **options):
        """A child of ours, in a group of its own: Ctrl-C reaches us alone, and we end it."""
        with open(self.folder / f"{name}.log", "ab") as log:
            child = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
                                     stdout=log, stderr=log, start_new_session=True, **options)
        self.children.append((name, child))
        return child

    def script(self, *words):
        """Runs one of the project's scripts to its end."""
        result = subprocess.run([str(word) for word in words], env=self.environment,
                                stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if result.returncode != 0:
            raise Trouble(f"{pathlib.Path(words[0]).name} {words[1]}: {result.stderr.strip()}")
        return result.stdout

    @staticmethod
    def end_child(child, seconds):
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(seconds)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def close(self):
        """Ends everything, newest first."""
        while self.children:
            _, child = self.children.pop()
            self.end_child(child, 5)
        while self.undo:
            words = self.undo.pop()
            subprocess.run([str(word) for word in words], env=self.environment,
                           stdin=subprocess.DEVNULL, capture_output=True, check=False)
        self.holder.cleanup()

    def log_of(self, name):
        path = self.folder / f"{name}.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def keep_logs(self, folder):
        """What the programs said, for whoever looks for a fault."""
        folder.mkdir(parents=True, exist_ok=True)
        for path in self.folder.glob("*.log"):
            shutil.copy(path, folder)

    # ---- parts ----

    @staticmethod
    def read_env(path):
        return dict(word.rstrip(";").split("=", 1) for word in
                    shlex.split(pathlib.Path(path).read_text(encoding="utf-8"), comments=True)
                    if "=" in word)

    def start_broker(self):
        private_broker = SOURCE / "broker-config" / "private-broker"
        self.undo.append([private_broker, "stop", self.broker])
        self.script(private_broker, "start", self.broker, SITE)
        self.broker_port = self.read_env(self.broker / "broker.env")["BROKER_LOOPBACK_PORT"]

    def start_printing(self):
        private_cups = SOURCE / "printing" / "virtual-printer" / "private-cups"
        self.undo.append([private_cups, "stop", self.cups])
        self.script(private_cups, "start", self.cups, PRINTER)
        self.cups_server = self.read_env(self.cups / "cups.env")["CUPS_SERVER"]

    def add_device(self, kind, name):
        self.script(self.bin / "guichet", "devices", "add", kind, name, "--dir", self.broker)

    def config(self, identity, *sections):
        """A program's configuration: its [broker] as 'guichet devices' wrote it, and ours."""
        path = self.folder / f"{identity}.conf"
        broker = (self.broker / "devices" / f"{identity}.conf").read_text(encoding="utf-8")
        path.write_text("\n".join([broker, *sections]) + "\n", encoding="utf-8")
        return path

    def device_config(self, kind, name, language, *sections):
        state = self.folder / "state" / f"{kind}-{name}"
        state.mkdir(parents=True)
        return self.config(f"{kind}-{name}",
                           f"[device]\nstate_directory = {state}\nlanguage = {language}",
                           *sections)

    def start_server(self, start, factor):
        """Office time begins at `start` (RFC 3339) and runs `factor` times as fast as ours."""
        path = self.config("server", f"[server]\nsite_file = {SAMPLE}\njournal = {self.journal}\n"
                                     "reserve_mib = 4",
                           f"[clock]\nmode = scaled\nfactor = {factor}\nstart = {start}")
        server = self.start("server", [self.bin / "guichet-server", "--config", path])
        until = time.monotonic() + 10
        while "started epoch" not in self.log_of("server"):
            if server.poll() is not None or time.monotonic() > until:
                raise Trouble(f"the server does not start: {self.log_of('server').strip()}")
            time.sleep(0.02)

    def kiosk_config(self, name, language, same_person_s):
        return self.device_config(
            "kiosk", name, language,
            f"[printer]\nqueue = {PRINTER}\nserver = {self.cups_server}",
            f"[kiosk]\nsame_person_s = {same_person_s}")

    def counter_config(self, name, language):
        return self.device_config("counter", name, language)

    def display_config(self, name, language):
        return self.device_config("display", name, language,
                                  "[screen]\nwidth_mm = 1218\ndistance_mm = 3500")

    def ask(self, identity, payload):
        """Sends a command as that device, as docs/protocol.md says, and returns the reply."""
        kind, _, name = identity.partition("-")
        topic = f"guichet/v1/{SITE}/{kind}/{name}"
        secret = (self.broker / "devices" / f"{identity}.secret").read_text().strip()
        return self.script("mosquitto_rr", "-V", "5", "-h", "127.0.0.1", "-p", self.broker_port,
                           "-i", identity, "-u", identity, "-P", secret, "-q", "1", "-W", "10",
                           "-t", f"{topic}/command", "-e", f"{topic}/reply", "-m", payload)
