#!/usr/bin/env python3
"""Turns days of the bank's call log into the files of `guichet replay`.

usage: bank_to_log.py BANK.csv[.gz] OUT_DIR [--day YYYY-MM-DD]...

Writes OUT_DIR/log.csv, OUT_DIR/site.conf and OUT_DIR/counters.csv. Call types become services,
agents become counters, `priority` 2 becomes a class with 90 s of head start. The log is
normalised by these rules:

1. PHANTOM rows, and HANG rows that never reached the queue (q_start 0), were not offered: left out.
2. arrived = q_start, or vru_exit where q_start is 0. Served (AGENT): called = started =
   max(arrived, ser_start); finished = max(started, ser_exit).
3. HANG with q_start > 0: abandoned, left = q_exit. Two callers of these days hang up after
   midnight, where the log's clock begins at 0 again: a q_exit before q_start is on the next day.
4. Counter = agent; a blank agent on a served row is the first free of the counters X01, X02 ...
   A service that still runs when its agent starts the next ends there.
5. Service = type; class from `priority` 2. Rows in order of arrived, then of the file.

counters.csv holds what the log lets one infer of the agents' presence (it is not needed for the
replay): an agent is present from the first to the last service, save for gaps of over 15 minutes.
"""
import argparse
import csv
import datetime
import gzip
import pathlib

SERVICES = {  # letter, colour, French name, English name, typical length in whole minutes
    "PS": ("A", "#1f6fd6", "Particuliers", "Regular customers", 3),
    "NW": ("B", "#b05c08", "Renseignements", "Prospective customers", 2),
    "NE": ("C", "#7d4bc3", "Bourse", "Stock exchange", 4),
    "TT": ("D", "#12723f", "Rappels", "Call-backs", 2),
    "PE": ("E", "#a5286a", "Accueil en anglais", "English line", 4),
    "IN": ("F", "#44566b", "Aide internet", "Internet help", 4),
}
ABSENT_S = 15 * 60
DAY_S = 86400


def read_rows(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def visit_of(row, number):
    """One normalised row, or None where nothing was offered. Times in seconds after midnight."""
    q_start = int(row["q_start"])
    if row["outcome"] == "PHANTOM" or (row["outcome"] == "HANG" and q_start == 0):
        return None
    visit = {
        "id": f"{row['date']}-{number}",
        "number": number,
        "date": row["date"],
        "service": row["type"].lower(),
        "priority": "priority" if row["priority"] == "2" else "",
        "arrived": q_start or int(row["vru_exit"]),
        "counter": row["agent"].lower(),
    }
    if row["outcome"] == "AGENT":
        visit["outcome"] = "served"
        visit["called"] = max(visit["arrived"], int(row["ser_start"]))
        visit["finished"] = max(visit["called"], int(row["ser_exit"]))
    else:
        visit["outcome"] = "abandoned"
        visit["left"] = int(row["q_exit"])
        if visit["left"] < visit["arrived"]:
            visit["left"] += DAY_S
    return visit


def end_at_next_start(visits):
    """Rule 4: one counter serves one visit at a time."""
    by_counter = {}
    for visit in visits:
        if visit["outcome"] == "served" and visit["counter"]:
            by_counter.setdefault(visit["counter"], []).append(visit)
    for served in by_counter.values():
        served.sort(key=lambda v: (v["called"], v["arrived"], v["number"]))
        for present, following in zip(served, served[1:]):
            present["finished"] = min(present["finished"], following["called"])


def place_blank_agents(visits):
    free_at = []  # of X01, X02, ...
    blank = [v for v in visits if v["outcome"] == "served" and not v["counter"]]
    blank.sort(key=lambda v: (v["called"], v["arrived"], v["number"]))
    for visit in blank:
        for index, free in enumerate(free_at):
            if free <= visit["called"]:
                break
        else:
            index = len(free_at)
            free_at.append(0)
        free_at[index] = visit["finished"]
        visit["counter"] = f"x{index + 1:02}"


def normalise(path, days):
    """The visits of the wanted days (all where `days` is empty), by date."""
    by_date = {}
    for number, row in enumerate(read_rows(path), 2):  # the line of the file
        if days and row["date"] not in days:
            continue
        visit = visit_of(row, number)
        if visit:
            by_date.setdefault(row["date"], []).append(visit)
    for visits in by_date.values():
        visits.sort(key=lambda v: (v["arrived"], v["number"]))
        end_at_next_start(visits)
        place_blank_agents(visits)
    return by_date


def moment(date, seconds):
    if seconds is None:
        return ""
    midnight = datetime.datetime.fromisoformat(date)
    return (midnight + datetime.timedelta(seconds=seconds)).isoformat()


def write_log(path, by_date):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow("visit service priority arrived called counter started finished left outcome"
                     .split())
        for date in sorted(by_date):
            for visit in by_date[date]:
                called = moment(date, visit.get("called"))
                out.writerow([visit["id"], visit["service"], visit["priority"],
                              moment(date, visit["arrived"]), called, visit["counter"], called,
                              moment(date, visit.get("finished")), moment(date, visit.get("left")),
                              visit["outcome"]])


def write_counters(path, by_date):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["counter", "services", "opened", "closed"])
        for date in sorted(by_date):
            stretches = {}
            served = [v for v in by_date[date] if v["outcome"] == "served"]
            for visit in sorted(served, key=lambda v: (v["called"], v["finished"])):
                mine = stretches.setdefault(visit["counter"], [])
                if mine and visit["called"] - mine[-1][1] <= ABSENT_S:
                    mine[-1][1] = max(mine[-1][1], visit["finished"])
                else:
                    mine.append([visit["called"], visit["finished"]])
            for counter in sorted(stretches):
                for opened, closed in stretches[counter]:
                    # A second more: a stretch is half open, and a service may have no length.
                    out.writerow([counter, "", moment(date, opened), moment(date, closed + 1)])


def write_site(path, by_date):
    skills = {}
    for visits in by_date.values():
        for visit in visits:
            if visit["outcome"] == "served":
                skills.setdefault(visit["counter"], set()).add(visit["service"])
    lines = ["# Made from the bank log by bank_to_log.py.", "[site]", "id = bank",
             "name.fr = Banque anonyme", "name.en = Anonymous bank", "time_zone = Asia/Jerusalem",
             "", "[hall main]", "name.fr = Plateau", "name.en = Floor"]
    for kind, (letter, color, name_fr, name_en, minutes) in SERVICES.items():
        lines += ["", f"[service {kind.lower()}]", f"letter = {letter}", f"color = {color}",
                  f"name.fr = {name_fr}", f"name.en = {name_en}", "standard_minutes = 1", "standard_share_percent = 80",
                  f"typical_service_minutes = {minutes}"]
    lines += ["", "[class priority]", "name.fr = Prioritaire", "name.en = Priority",
              "head_start_minutes = 1:30"]
    for counter in sorted(skills):
        lines += ["", f"[counter {counter}]", "hall = main",
                  "services = " + " ".join(sorted(skills[counter]))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("bank")
    parser.add_argument("out_dir", type=pathlib.Path)
    parser.add_argument("--day", action="append", default=[])
    options = parser.parse_args()
    by_date = normalise(options.bank, set(options.day))
    options.out_dir.mkdir(parents=True, exist_ok=True)
    write_log(options.out_dir / "log.csv", by_date)
    write_counters(options.out_dir / "counters.csv", by_date)
    write_site(options.out_dir / "site.conf", by_date)
    print(f"{sum(map(len, by_date.values()))} visits of {len(by_date)} days")


if __name__ == "__main__":
    main()
