"""A morning: who comes when and for what, and what the agents do. The seed decides it."""
import random
import re
import subprocess
import threading
import time

from screens import Lost

# Ids of targets: kiosk/visit.h (enum touch) and counter/agent.h (enum agent_action).
KIOSK = {"language": 1, "priority": 9, "back": 13, "yes": 14, "cancel": 16, "service": 32,
         "class": 128}
COUNTER = {"next": 1, "recall": 2, "no-show": 3, "finish": 4, "start": 5, "open-close": 6,
           "pause": 9, "undo": 10, "confirm": 13, "reason": 15}
KEYS = {"next": "space", "recall": "F2", "no-show": "F3", "finish": "F4", "start": "F5",
        "open-close": "F6", "pause": "F9", "undo": "F10"}
LANGUAGES = ("fr", "en")

# Services of the sample prefecture in their order, and how many of 100 people come for each.
SERVICES = (("immatriculation", 30), ("permis", 26), ("sejour", 12), ("renseignements", 17),
            ("identite", 15))
CLASS_COUNT = 2
# Counters at work this morning; together they serve every service.
COUNTERS = ("3", "4", "5", "7")
# What must happen at some counter, whatever the seed.
MUST_HAPPEN = ("recall", "no-show", "undo", "pause")


class Citizen:
    def __init__(self, at_s, service):
        self.at_s = at_s
        self.service = service
        self.language = "fr"
        self.class_index = 0
        self.cancels = False


def plan_citizens(seed, count, seconds):
    """`count` people in `seconds`, more of them in the middle of the morning."""
    dice = random.Random(f"{seed}-citizens")
    weights = [weight for _, weight in SERVICES]
    services = list(range(len(SERVICES)))
    services += dice.choices(services, weights, k=count - len(services))
    dice.shuffle(services)
    times = sorted(dice.triangular(0, seconds, 0.45 * seconds) for _ in range(count))
    citizens = [Citizen(at_s, service) for at_s, service in zip(times, services)]
    some = dice.sample(citizens, count // 2)
    for citizen in some[:count // 4]:
        citizen.language = "en"
    for citizen in some[count // 5:count // 5 + 4]:
        citizen.class_index = dice.randrange(1, CLASS_COUNT + 1)
    for citizen in some[-2:]:
        citizen.cancels = True
    return citizens


class Tally:
    """What the touches did, counted where they were made."""

    def __init__(self):
        self.lock = threading.Lock()
        self.counts = {}
        self.tickets = []
        self.faults = []

    def add(self, what):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def fault(self, error):
        with self.lock:
            self.faults.append(str(error))


class Kiosk:
    """The citizens' hands."""

    def __init__(self, window, tally):
        self.window = window
        self.tally = tally
        self.french_label = None
        self.cancels_wanted = 0

    def ready(self):
        """Waits until services can be touched; the kiosk begins in French."""
        view = self.window.wait(
            lambda v: v.word("page") == "services" and v.can(KIOSK["service"]), 60,
            "a service that can be touched")
        self.french_label = view.targets[KIOSK["service"]][3]

    def touch(self, target, page, what):
        return self.window.touch(target, lambda v: v.word("page") in page, what)

    def choose_language(self, language):
        target = KIOSK["language"] + LANGUAGES.index(language)
        self.window.touch(target, lambda v: KIOSK["service"] in v.targets and
                          (v.targets[KIOSK["service"]][3] == self.french_label) ==
                          (language == "fr"), f"the language {language}")

    def serve(self, citizen):
        window = self.window
        self.choose_language(citizen.language)
        if citizen.class_index:
            self.touch(KIOSK["priority"], ("priority",), "the key of priorities")
            self.touch(KIOSK["class"] + citizen.class_index, ("services",), "the priority")
            self.tally.add("priority")
        view = self.touch(KIOSK["service"] + citizen.service, ("ticket", "another"),
                          f"the service {SERVICES[citizen.service][0]}")
        if view.word("page") == "another":
            view = self.touch(KIOSK["yes"], ("ticket",), "another ticket")
        self.tally.tickets.append(re.search(r'"([A-Z]+\d+)"', view.text).group(1))
        self.tally.add(f"language {citizen.language}")
        time.sleep(0.15)
        self.cancels_wanted += citizen.cancels
        if self.cancels_wanted > 0:
            self.cancel()
        self.touch(KIOSK["back"], ("services",), "the way back")

    def cancel(self):
        """Gives the ticket back. Who is served already cannot; then the next one does."""
        self.touch(KIOSK["cancel"], ("sure",), "the key that cancels")
        view = self.touch(KIOSK["yes"], ("cancelled", "refused"), "the yes")
        if view.word("page") == "cancelled":
            self.cancels_wanted -= 1
            self.tally.add("cancel")

    def run(self, citizens, started, stopped, on_peak):
        """Serves everybody; `on_peak` is called in the thick of it, between two people."""
        for i, citizen in enumerate(citizens):
            if stopped.wait(max(0.0, started + citizen.at_s - time.monotonic())):
                return
            if i == len(citizens) * 3 // 5:
                on_peak()
            self.serve(citizen)


class Agent:
    """One agent at a counter: by key or by touch, as the seed says."""

    def __init__(self, window, number, seed, tally):
        self.window = window
        self.tally = tally
        self.dice = random.Random(f"{seed}-counter-{COUNTERS[number]}")
        self.served = 0
        # Each thing that must happen is two agents' to do, with early customers: one of them
        # may have too few.
        first = random.Random(f"{seed}-agents").randrange(len(COUNTERS))
        self.duties = [MUST_HAPPEN[i] for i in range(len(MUST_HAPPEN))
                       if (first + i - number) % 2 == 0]

    def do(self, action, is_done):
        """Presses until is_done(view)."""
        if self.dice.random() < 0.5 and action in KEYS:
            return self.window.press(KEYS[action], COUNTER[action], is_done, f"'{action}'")
        return self.window.touch(COUNTER[action], is_done, f"'{action}'")

    def state_is(self, *states):
        return lambda v: v.word("state") in states and v.word("dialogue") in ("", "-", "none")

    def open(self):
        self.do("next", self.state_is("free"))

    def close(self):
        """The window asks once more where people wait whom nobody else would call."""
        is_closed = self.state_is("closed")
        self.do("open-close", lambda v: is_closed(v) or v.word("dialogue") == "close")
        if not is_closed(self.window.look()):
            self.window.touch(COUNTER["confirm"], is_closed, "closing all the same")

    def pause(self):
        self.do("pause", lambda v: v.word("dialogue") == "pause")
        reason = COUNTER["reason"] + self.dice.randrange(3)
        self.window.touch(reason, self.state_is("paused"), "the reason of the pause")
        time.sleep(self.dice.uniform(0.8, 1.6))
        self.do("next", self.state_is("free"))
        self.tally.add("pause")

    def undo_finish(self, ticket):
        """Finishes too early and takes it back; the time for that is short in office time."""
        self.do("finish", self.state_is("free"))
        view = self.window.look()
        if not view.can(COUNTER["undo"]):
            return False
        self.window.xdotool("key", KEYS["undo"])
        view = self.window.wait_or_none(
            lambda v: v.word("state") == "serving" and v.word("ticket") == ticket, 1.0)
        if view is not None:
            self.tally.add("undo")
        return view is not None

    def customer(self):
        """The person who was called: comes, or not; is served."""
        ticket = self.window.look().word("ticket")
        duty = self.duties[0] if self.duties and self.served > 0 else None
        luck = self.dice.random()
        # Whoever cancels at the kiosk does it at once: a duty waits until nobody will.
        time.sleep(1.0 if duty else self.dice.uniform(0.1, 0.5))
        if self.window.look().word("ticket") != ticket:
            return
        if duty == "recall" or luck < 0.08:
            self.recall(ticket)
        if duty:
            self.duties.pop(0)
        if duty == "no-show" or 0.08 < luck < 0.14:
            self.do("no-show", self.state_is("free"))
            self.tally.add("no-show")
            return
        self.do("start", self.state_is("serving", "free"))
        if self.window.look().word("state") == "free":
            return  # cancelled at the kiosk after all
        time.sleep(min(6.5, self.dice.gammavariate(4, 0.95)))
        self.served += 1
        if duty == "undo" and self.undo_finish(ticket):
            time.sleep(0.4)
        elif duty == "undo":
            self.duties.append("undo")
            return
        if duty == "pause":
            self.do("finish", self.state_is("free"))
            self.pause()
        elif self.window.look().can(COUNTER["next"]) and self.dice.random() < 0.5:
            # The one button: finishes, and calls the next if anybody waits.
            self.do("next", lambda v: v.word("ticket") != ticket and
                    v.word("state") in ("free", "called"))
            self.tally.add("one button")
        else:
            self.do("finish", self.state_is("free"))

    def recall(self, ticket):
        """A recall changes no state, but the number of calls in the picture."""
        before = self.window.look()
        self.do("recall", lambda v: v.word("ticket") != ticket or
                (v.text != before.text and v.can(COUNTER["recall"])))
        self.tally.add("recall")

    def run(self, no_more_come, stopped):
        """Works until nobody comes any more and nobody waits."""
        self.open()
        while not stopped.is_set():
            view = self.window.look()
            if view.word("state") == "called":
                self.customer()
            elif view.word("state") == "free" and view.can(COUNTER["next"]):
                self.do("next", lambda v: v.word("state") == "called" or not v.can(COUNTER["next"]))
            elif no_more_come.is_set() and view.word("state") == "free":
                if self.window.wait_or_none(lambda v: v.can(COUNTER["next"]), 1.5) is None:
                    break
            else:
                time.sleep(0.02)
        if "pause" in self.duties and not stopped.is_set():
            self.pause()
        self.close()


def play(kiosk, agents, citizens, stopped, on_peak):
    """Plays the morning to its end. Errors go to the tally."""
    no_more_come = threading.Event()
    started = time.monotonic()

    def guarded(what, *arguments):
        try:
            what(*arguments)
        except (Lost, OSError, subprocess.SubprocessError) as error:
            kiosk.tally.fault(error)
            stopped.set()

    hands = [threading.Thread(target=guarded, args=(agent.run, no_more_come, stopped))
             for agent in agents]
    kiosk_hand = threading.Thread(target=guarded, args=(kiosk.run, citizens, started, stopped,
                                                        on_peak))
    for thread in [*hands, kiosk_hand]:
        thread.daemon = True
        thread.start()
    kiosk_hand.join()
    no_more_come.set()
    for thread in hands:
        thread.join()
