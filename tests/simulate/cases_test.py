#!/usr/bin/env python3
"""`guichet simulate` against formulas and published simulations.

usage: cases_test.py BIN_DIR [--long] [--seed S] [CASE ...]

Plays the cases of cases.csv: short ones by default, long ones for the table of
docs/simulation.md, which is printed. A figure fails when it is further from what is expected than
chance explains: 5 standard errors, of ours and, for a published mean, of the difference of both. With
some 100 figures that happens once in 15,000 runs; the seed is fixed.

cases/NAME has the files of the case and expected.csv. `expected` is a mean, or a function of formulas.py
with its numbers; `low` and `high` are a published 95 % interval; `scale` multiplies ours (5 days, minutes).
"""
import csv
import math
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import formulas  # noqa: E402

ERRORS = 5.0
NORMAL = 1.96

# Student's 97.5 % points are within 12 % of the normal one from 10 days on: an interval of ours is
# taken for a normal one, which makes its error too large by as much.
KEY = ("figure", "service", "period", "group", "class")


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected_of(row):
    words = row["expected"].split()
    try:
        return float(words[0])
    except ValueError:
        return getattr(formulas, words[0])(*map(float, words[1:]))


def simulate(bin_folder, folder, days, seed):
    with tempfile.TemporaryDirectory() as place:
        table = pathlib.Path(place) / "figures.csv"
        done = subprocess.run([str(bin_folder / "guichet"), "simulate", "--site",
                               str(folder / "site.conf"), "--load", str(folder / "load.conf"),
                               "--days", str(days), "--seed", str(seed), "--csv", str(table)],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0 or done.stderr:
            sys.exit(f"{folder.name}: {done.stderr}")
        return {tuple(row[name] for name in KEY): row for row in read_csv(table)}


def compare(row, ours):
    """Expected mean, ours with its half width, and how many standard errors lie between."""
    expected = expected_of(row)
    scale = float(row["scale"] or 1)
    mean, low, high = (float(ours[name] or "nan") * scale for name in ("mean", "low", "high"))
    error = (high - low) / 2 / NORMAL
    rounding = 0.0
    if row["low"]:
        error = math.hypot(error, (float(row["high"]) - float(row["low"])) / 2 / NORMAL)
        digits = len(row["expected"].partition(".")[2])
        rounding = 0.5 * 10.0 ** -digits
    # Lengths are whole milliseconds: what theory gives is met to a part in 100,000.
    distance = max(abs(mean - expected) - rounding - 1e-5 * abs(expected), 0.0)
    errors = 0.0 if distance == 0 else distance / error if error > 0 else math.inf
    return expected, mean, (high - low) / 2, errors


def play(bin_folder, case, is_long, seed):
    folder = HERE / "cases" / case["case"]
    days = int(case["long_days" if is_long else "short_days"])
    figures = simulate(bin_folder, folder, days, seed)
    print(f"\n{case['case']}: {case['about']}; {days} days, seed {seed}")
    bad = 0
    for row in read_csv(folder / "expected.csv"):
        key = tuple(row[name] for name in KEY)
        expected, mean, half, errors = compare(row, figures[key])
        published = f"{row['low']} to {row['high']}" if row["low"] else ""
        is_bad = not errors <= ERRORS
        bad += is_bad
        print(f"  {' '.join(part for part in key if part):44}{expected:12.4f} {published:>20}"
              f"{mean:12.4f} ± {half:<9.4f}{errors:5.1f}{'  TOO FAR' if is_bad else ''}")
    return bad


def main():
    words = sys.argv[1:]
    seed = 1
    if "--seed" in words:
        at = words.index("--seed")
        seed = int(words[at + 1])
        del words[at:at + 2]
    is_long = "--long" in words
    words = [word for word in words if word != "--long"]
    if not words:
        sys.exit("usage: cases_test.py BIN_DIR [--long] [--seed S] [CASE ...]")
    cases = [case for case in read_csv(HERE / "cases.csv")
             if len(words) == 1 or case["case"] in words[1:]]
    folders = {folder.name for folder in (HERE / "cases").iterdir()}
    if len(words) == 1 and folders != {case["case"] for case in cases}:
        sys.exit("cases.csv and the folders of cases/ are not the same")
    if not cases:
        sys.exit("there is no such case")
    bad = sum(play(pathlib.Path(words[0]), case, is_long, seed) for case in cases)
    print(f"\n{len(cases)} cases, {bad} figures too far")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
