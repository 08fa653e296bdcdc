#!/usr/bin/env python3
"""The real call button, its device a FIFO of input events, its presses in the journal.

usage: call_button.py BUILD_DIRECTORY SOURCE_DIRECTORY
"""
import os
import signal
import struct
import sys
import time

from small_office import PATIENCE_S, SmallOffice, must_hold, wait_for

EV_SYN, EV_KEY = 0, 1
KEY_SPACE = 57
RELEASED, PRESSED, REPEATED = 0, 1, 2
# Longer than what counts as one press (half a second).
APART_S = 0.7


def event(value, kind=EV_KEY):
    """A struct input_event: time, type, code, value."""
    return struct.pack("llHHi", 0, 0, kind, KEY_SPACE, value)


class Button:
    """guichet-counter --button with a FIFO for its device."""

    def __init__(self, office):
        self.device = office.folder / "button.fifo"
        os.mkfifo(self.device)
        config = office.config("button-b3", f"""
[button]
device = {self.device}
counter = 3
[device]
state_directory = {office.folder}/state
""")
        self.log = office.folder / "button.log"
        with self.log.open("w") as log:
            self.process = office.run("guichet-counter", "--button", "--config", config,
                                      stderr=log)
        self.fd = -1
        self.plug_in()

    def try_plug_in(self):
        try:
            self.fd = os.open(self.device, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            return False  # nobody reads it
        return True

    def plug_in(self):
        wait_for("the button reads its device", self.try_plug_in)

    def unplug(self):
        os.close(self.fd)
        self.device.unlink()

    def write(self, *pieces):
        for piece in pieces:
            os.write(self.fd, piece)


def play(office, button):
    def is_refused():
        # Until the server's state came, presses are left out.
        button.write(event(PRESSED), event(0, EV_SYN), event(RELEASED))
        time.sleep(APART_S)
        return "press refused counter-closed" in button.log.read_text()

    wait_for("a press at a closed counter is refused", is_refused)
    office.open_counter("3")
    for _ in range(4):
        office.take("immatriculation")
    time.sleep(APART_S)

    whole = event(PRESSED)
    button.write(whole[:10])
    must_hold("half an event is none", 0.5, lambda: office.count("ticket-called") == 0)
    button.write(whole[10:] + event(0, EV_SYN))
    wait_for("an event in two pieces calls", lambda: office.count("ticket-called") == 1)
    if office.newest("ticket-called") != {**office.newest("ticket-called"), "ticket": 1,
                                          "counter": "3"}:
        sys.exit(f"called: {office.newest('ticket-called')}")

    time.sleep(APART_S)
    button.write(event(RELEASED), event(REPEATED), event(REPEATED), event(0, EV_SYN))
    must_hold("repeats and releases are no presses", 1,
              lambda: office.count("ticket-called") == 1)

    button.write(event(PRESSED), event(RELEASED))
    time.sleep(0.1)
    button.write(event(PRESSED), event(RELEASED))
    wait_for("two quick presses call", lambda: office.count("ticket-called") == 2)
    must_hold("but once", 1, lambda: office.count("ticket-called") == 2)

    button.unplug()
    must_hold("without its device it goes on", 1.5, lambda: button.process.poll() is None)
    os.mkfifo(button.device)
    button.plug_in()
    button.write(event(PRESSED), event(RELEASED))
    wait_for("its device is back and calls", lambda: office.count("ticket-called") == 3)
    button.process.send_signal(signal.SIGTERM)
    if button.process.wait(PATIENCE_S) != 0:
        sys.exit(f"the button ended with {button.process.returncode}")
    print("ok: the end is clean")


def main():
    office = SmallOffice(sys.argv[1], sys.argv[2], [
        ("kiosk", "hall1"), ("counter", "3"), ("button", "b3", "--counter", "3")])
    try:
        play(office, Button(office))
    finally:
        office.close()


if __name__ == "__main__":
    main()
