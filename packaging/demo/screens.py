"""Windows on screens of their own: what they show, and fingers and keys for them.

A window is read from the file that its program keeps with --describe, and used with xdotool, so
that every touch goes the whole way through the X server and the program.
"""
import os
import re
import subprocess
import threading
import time

# A touch whose effect does not show is made again, this often and after this long.
TRIES = 4
PATIENCE_S = 2.5
LOOK_EVERY_S = 0.005
FRESH_NS = 50_000_000

TARGET = re.compile(r'^target (\d+) (-?\d+) (-?\d+) (\d+) (\d+) (\w+) "(.*)"$', re.MULTILINE)


class Lost(Exception):
    """A window did not do what a touch should have made it do."""


class View:
    """What a window showed at one moment."""

    def __init__(self, text=""):
        self.text = text
        self.words = {}
        self.targets = {}
        for number, x, y, width, height, enabled, label in TARGET.findall(text):
            self.targets[int(number)] = (int(x) + int(width) // 2, int(y) + int(height) // 2,
                                         enabled == "enabled", label)
        for line in text.splitlines():
            if line.startswith("target "):
                break
            word, _, value = line.partition(" ")
            self.words.setdefault(word, value)

    def can(self, target):
        return target in self.targets and self.targets[target][2]

    def word(self, name):
        return self.words.get(name, "")


class Xvfb:
    """A screen in memory, exactly as large as the one window on it."""

    def __init__(self, office, width, height):
        read_end, write_end = os.pipe()
        self.process = office.start(
            f"screen-{width}x{height}",
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24",
             "-nolisten", "tcp", "-noreset"], pass_fds=(write_end,))
        os.close(write_end)
        with os.fdopen(read_end, encoding="ascii") as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Lost("Xvfb does not start")
        self.display = f":{number}"


class Window:
    """A program of Guichet on its own screen."""

    def __init__(self, office, name, width, height, arguments):
        self.name = name
        self.screen = Xvfb(office, width, height)
        self.describe_path = office.folder / f"{name}.txt"
        self.stamp = None
        self.seen = View()
        self.lock = threading.Lock()
        self.environment = dict(os.environ, DISPLAY=self.screen.display,
                                SDL_VIDEODRIVER="x11", SDL_AUDIODRIVER="dummy")
        self.process = office.start(
            name, [*arguments, "--size", f"{width}x{height}", "--describe",
                   str(self.describe_path)], env=self.environment)

    def look(self):
        """The present view; the file is read only when it was replaced."""
        with self.lock:
            try:
                about = self.describe_path.stat()
                stamp = (about.st_ino, about.st_mtime_ns)
                # Two files of the same tick of the kernel's clock have the same stamp.
                is_fresh = time.time_ns() - about.st_mtime_ns < FRESH_NS
                if stamp != self.stamp or is_fresh:
                    self.seen = View(self.describe_path.read_text(encoding="utf-8"))
                    self.stamp = stamp
            except FileNotFoundError:
                pass
            if self.process.poll() is not None:
                raise Lost(f"{self.name} ended with {self.process.returncode}")
            return self.seen

    def wait(self, is_so, seconds, what):
        """Waits until is_so(view); returns the view, or says what did not come."""
        view = self.wait_or_none(is_so, seconds)
        if view is None:
            raise Lost(f"{self.name}: {what} does not come; it shows\n"
                       + self.look().text[:600])
        return view

    def wait_or_none(self, is_so, seconds):
        until = time.monotonic() + seconds
        while True:
            view = self.look()
            if is_so(view):
                return view
            if time.monotonic() > until:
                return None
            time.sleep(LOOK_EVERY_S)

    def xdotool(self, *words):
        subprocess.run(["xdotool", *map(str, words)], env=self.environment, check=True,
                       capture_output=True, timeout=10)

    def touch(self, target, is_done, what):
        """Touches the target until is_done(view). A touch that is lost is made again."""
        return self.insist(target, is_done, what, None)

    def press(self, key, target, is_done, what):
        """The same with the key that stands for the target."""
        return self.insist(target, is_done, what, key)

    def insist(self, target, is_done, what, key):
        for _ in range(TRIES):
            view = self.wait_or_none(lambda v: v.can(target) or is_done(v), PATIENCE_S)
            if view is None:
                continue
            if is_done(view):
                return view
            if key:
                self.xdotool("key", key)
            else:
                self.xdotool("mousemove", view.targets[target][0], view.targets[target][1],
                             "click", 1)
            view = self.wait_or_none(is_done, PATIENCE_S)
            if view is not None:
                return view
        raise Lost(f"{self.name}: {what} has no effect; it shows\n{self.look().text[:600]}")

    def picture(self, path):
        """The screen as the X server has it, as PNG."""
        subprocess.run(["import", "-display", self.screen.display, "-window", "root",
                        str(path)], check=True, capture_output=True, timeout=30)
