#!/usr/bin/env python3
"""The demonstration: a prefecture with kiosk, hall screen and counters, on this machine alone.

usage: demo [--headless] [--seed N]

With a screen it opens kiosk, display and two counters and leaves them to you; Ctrl-C ends.
Without one, or with --headless, a morning is played through the real windows in less than two
minutes, and demo-output/ gets pictures, slips and the report. --seed N plays another morning.
"""
import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid

import morning
import results
from office import SAMPLE, SOURCE, Office, Trouble
from screens import Lost, Window

BUILD = SOURCE / "build" / "release"
OUTPUT = SOURCE / "demo-output"
LOGS = SOURCE / "build" / "demo-logs"
PROGRAMS = ("guichet", "guichet-server", "guichet-report", "guichet-kiosk", "guichet-display",
            "guichet-counter", "guichet-print")

# Monday 23 November 2026, five minutes before the prefecture opens (in Paris: UTC + 1), and how
# much faster than ours its clock runs: 08:25 to 12:10 in 90 seconds.
MORNING = "2026-11-23T07:25:00Z"
FACTOR = 120
CITIZENS = 48
SECONDS = 64
# For a person who tries it: the same morning at its own pace.
OPEN_HOURS = "2026-11-23T08:00:00Z"


def say(sentence):
    print(sentence, flush=True)


def prepare():
    """Installs what is missing and builds the programs, in the build that ./check uses too."""
    subprocess.run([SOURCE / "packaging" / "install-packages"], check=True)
    log = SOURCE / "build" / "demo-build.log"
    log.parent.mkdir(exist_ok=True)
    say("building (build/demo-build.log)")
    with open(log, "wb") as output:
        for command in (["cmake", "--preset", "release"],
                        ["cmake", "--build", "--preset", "release", "--target", *PROGRAMS]):
            if subprocess.run(command, cwd=SOURCE, stdout=output,
                              stderr=subprocess.STDOUT).returncode != 0:
                raise Trouble(f"the build fails:\n{log.read_text(errors='replace')[-3000:]}")


def set_up(office, counters, start, factor):
    office.start_broker()
    office.start_printing()
    for kind, names in (("kiosk", ["hall1"]), ("display", ["hall1"]), ("counter", counters),
                        ("admin", ["demo"])):
        for name in names:
            office.add_device(kind, name)
    office.start_server(start, factor)


def command_of(office, program, config, *more):
    return [office.bin / f"guichet-{program}", "--config", config, *more]


# ---- with a person ----

def open_windows(office):
    """Kiosk, display and two counters as windows; ends when one is closed, or by Ctrl-C."""
    counters = morning.COUNTERS[:2]
    set_up(office, counters, OPEN_HOURS, 1)
    windows = [("display", office.display_config("hall1", "fr"), (960, 540), (0, 0)),
               ("kiosk", office.kiosk_config("hall1", "fr", 10), (450, 800), (1465, 0))]
    for name, x in zip(counters, (0, 730)):
        windows.append(("counter", office.counter_config(name, "fr"), (720, 480), (x, 575)))
    children = []
    for program, config, (width, height), (x, y) in windows:
        child = office.start(f"{program}-{len(children)}", [
            *command_of(office, program, config), "--size", f"{width}x{height}"])
        children.append(child)
        # Side by side on a screen of 1920 x 1080; where that fails they are moved by hand.
        subprocess.run(["timeout", "5", "xdotool", "search", "--sync", "--all", "--pid", str(child.pid),
                        "--name", ".", "windowmove", str(x), str(y)], capture_output=True, check=False)
    say("Four windows are open: the kiosk, the hall screen, counters "
        f"{' and '.join(counters)}.")
    say("Take a ticket at the kiosk, open a counter, call it. Slips appear as PDF in "
        f"{office.prints}.")
    say("Ctrl-C ends everything.")
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    for name, child in list(office.children):
        if child in children and child.poll() not in (None, 0):
            raise Trouble(f"{name} ended: {office.log_of(name).strip()[-500:]}")
    return 0


# ---- alone ----

def open_screens(office):
    """The same programs, each on a screen in memory."""
    kiosk = Window(office, "kiosk", 1080, 1920,
                   command_of(office, "kiosk", office.kiosk_config("hall1", "fr", 1)))
    display = Window(office, "display", 1920, 1080,
                     command_of(office, "display", office.display_config("hall1", "fr")))
    counters = [Window(office, f"counter-{name}", 1280, 800,
                       command_of(office, "counter",
                                  office.counter_config(name, morning.LANGUAGES[i % 2])))
                for i, name in enumerate(morning.COUNTERS)]
    return kiosk, display, counters


def letters_of_services():
    """Service -> letter, from the sample site's file."""
    text = SAMPLE.read_text(encoding="utf-8")
    return dict(re.findall(r"^\[service (\S+)\]\nletter = (\S+)$", text, re.MULTILINE))


def play(office, seed, output):
    kiosk, display, counters = open_screens(office)
    tally = morning.Tally()
    hands = morning.Kiosk(kiosk, tally)
    agents = [morning.Agent(window, i, seed, tally) for i, window in enumerate(counters)]
    stopped = threading.Event()

    def take_pictures():
        kiosk.picture(output / "kiosk.png")
        display.picture(output / "display.png")
        busy = max(counters, key=lambda w: w.look().word("state") in ("serving", "called"))
        busy.picture(output / "counter.png")

    hands.ready()
    say(f"The kiosk is open. {CITIZENS} people are on their way.")
    try:
        morning.play(hands, agents,
                     morning.plan_citizens(seed, CITIZENS, SECONDS), stopped, take_pictures)
    finally:
        stopped.set()
    if tally.faults:
        raise Trouble("; ".join(tally.faults))
    return tally


def wait_for_slips(office, count):
    """The printer may still be at work when the last person has gone."""
    until = time.monotonic() + 30
    while len(list(office.prints.glob("*.pdf"))) < count:
        if time.monotonic() > until:
            raise Trouble(f"{len(list(office.prints.glob('*.pdf')))} slips came out of the "
                          f"printer, not {count}")
        time.sleep(0.1)


def close_day(office):
    # A UUIDv7 of this moment, as the protocol asks.
    word = (int(time.time() * 1000) << 80) | (uuid.uuid4().int & ((1 << 80) - 1))
    word = (word & ~(0xF << 76)) | (7 << 76)
    command = f'{{"id":"{uuid.UUID(int=word)}","verb":"close-day"}}'
    reply = office.ask("admin-demo", command)
    if '"ok":true' not in reply:
        raise Trouble(f"the day is not closed: {reply.strip()}")


def report(office, journal, output):
    until = time.monotonic() + 10
    while not journal.events("day-closed"):
        if time.monotonic() > until:
            raise Trouble("the day does not close")
        time.sleep(0.05)
    office.script(office.bin / "guichet-report", "--journal", office.journal, "--out", output,
                  "--language", "fr")


def keep_slips(office, output):
    shutil.copytree(office.prints, output / "tickets")
    first = sorted((output / "tickets").glob("*.pdf"))[0]
    office.script("pdftoppm", "-png", "-r", "150", "-singlefile", first, output / "ticket")


def tell(journal, tally, seconds):
    figures = journal.figures()
    say(f"The morning took {seconds:.0f} s, at {FACTOR} times the real pace:")
    for what, count in figures.items():
        say(f"  {count:4d} {what}")
    say(f"  {tally.counts.get('one button', 0):4d} times the one button "
        "(finish, and call the next)")


def clear(output):
    """Takes away what an earlier morning left there, and nothing else."""
    output.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(output / "tickets", ignore_errors=True)
    for name in ("kiosk.png", "ticket.png", "display.png", "counter.png", "report.*",
                 "report-*.csv"):
        for path in output.glob(name):
            path.unlink()


def play_morning(office, seed, output):
    began = time.monotonic()
    clear(output)
    say(f"Opening the prefecture (seed {seed}): broker, printing, server, six windows.")
    set_up(office, morning.COUNTERS, MORNING, FACTOR)
    tally = play(office, seed, output)
    journal = results.Journal(office.journal, letters_of_services())
    wait_for_slips(office, len(journal.numbers()))
    close_day(office)
    report(office, journal, output)
    keep_slips(office, output)
    tell(journal, tally, time.monotonic() - began)
    printed = results.printed_numbers(output / "tickets")
    faults = results.compare(printed, journal, output)
    for fault in faults:
        say(f"WRONG: {fault}")
    if faults:
        return 1
    say(f"The {len(printed)} numbers on paper, in the journal and in the report are the same; "
        "none was issued offline.")
    say(f"See {output}: kiosk.png ticket.png display.png counter.png tickets/ report.html "
        "report.pdf report-*.csv")
    return 0


def main():
    parser = argparse.ArgumentParser(prog="demo", description=__doc__.split("\n\n")[0],
                                     epilog=__doc__.split("\n\n")[2],
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--headless", action="store_true", help="play the morning alone")
    parser.add_argument("--seed", type=int, default=1, metavar="N",
                        help="another number, another morning (default 1)")
    parser.add_argument("--build", type=pathlib.Path, metavar="DIR",
                        help="programs that are built already (default: build them)")
    parser.add_argument("--output", type=pathlib.Path, metavar="DIR", default=OUTPUT,
                        help="where pictures, slips and the report go (default demo-output)")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    office = None
    try:
        if not options.build:
            prepare()
        office = Office((options.build or BUILD).resolve())
        if options.headless or not os.environ.get("DISPLAY"):
            return play_morning(office, options.seed, options.output.resolve())
        return open_windows(office)
    except KeyboardInterrupt:
        return 130
    except (Trouble, Lost, ValueError, OSError, subprocess.SubprocessError) as error:
        print(f"demo: {error}", file=sys.stderr)
        if office:
            office.keep_logs(LOGS)
            print(f"demo: the logs are in {LOGS}", file=sys.stderr)
        return 1
    finally:
        if office:
            office.close()


if __name__ == "__main__":
    sys.exit(main())
