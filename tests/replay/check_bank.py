#!/usr/bin/env python3
"""Figures of the bank's days, straight from its CSV: independent of Guichet and of bank_to_log.py.

usage: check_bank.py BANK.csv[.gz] [--day YYYY-MM-DD]...

Prints one JSON object: day -> offered, served, abandoned, mean and P90 wait in seconds (nearest
rank), and the share of the offered that was served within 20, 60 and 120 seconds, in percent.
"""
import argparse
import csv
import gzip
import json


def waits_and_losses(path, days):
    """Day -> (waits of the served, number of those who left)."""
    result = {}
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if days and row["date"] not in days:
                continue
            queued = int(row["q_start"])
            waits, lost = result.setdefault(row["date"], ([], []))
            if row["outcome"] == "AGENT":
                arrived = queued if queued else int(row["vru_exit"])
                waits.append(max(0, int(row["ser_start"]) - arrived))
            elif row["outcome"] == "HANG" and queued:
                lost.append(row)
    return result


def figures(waits, lost):
    waits = sorted(waits)
    offered = len(waits) + len(lost)
    result = {"offered": offered, "served": len(waits), "abandoned": len(lost)}
    result["wait_mean_s"] = sum(waits) / len(waits)
    rank = -(-len(waits) * 90 // 100)
    result["wait_p90_s"] = waits[rank - 1]
    for within in (20, 60, 120):
        in_time = sum(1 for wait in waits if wait <= within)
        result[f"within_{within}s_percent"] = 100 * in_time / offered
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("bank")
    parser.add_argument("--day", action="append", default=[])
    options = parser.parse_args()
    days = waits_and_losses(options.bank, set(options.day))
    print(json.dumps({day: figures(*days[day]) for day in sorted(days)}, indent=1))


if __name__ == "__main__":
    main()
