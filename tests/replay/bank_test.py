#!/usr/bin/env python3
"""The bank's days through `guichet replay` and `guichet-report`, against check_bank.py.

usage: bank_test.py BIN_DIR BANK.csv.gz

Exits with 77 (skipped) where the data are not there: they may not be copied into the project.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import check_bank
import score_estimates

SHOWN_DAYS = ("1999-02-02", "1999-02-03", "1999-02-10")
HERE = pathlib.Path(__file__).parent


def run(*command):
    subprocess.run([str(part) for part in command], check=True)


def reported(bin_dir, journal, day, folder):
    """What the report says of a day, from its JSON; its CSV must say the same."""
    run(bin_dir / "guichet-report", "--journal", journal, "--day", day, "--within", "20,60,120",
        "--json", folder / "report.json", "--csv", folder / "report")
    document = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    visits = document["visits"]
    result = {name: visits[name] for name in ("offered", "served", "abandoned")}
    result["wait_mean_s"] = visits["wait"]["mean_s"]
    result["wait_p90_s"] = visits["wait"]["p90_s"]
    for entry in visits["within_percent"]:
        result[f"within_{entry['within_s']}s_percent"] = entry["F3"]
    with open(folder / "report-summary.csv", encoding="utf-8", newline="") as file:
        rows = {row["figure"]: row["value"] for row in csv.DictReader(file)}
    for name, value in result.items():
        said = rows[f"{name}_F3" if name.startswith("within") else name]
        assert abs(float(said) - value) < 0.001, f"{day}: CSV and JSON differ in {name}"
    return result


def compare(day, journal, expected, actual):
    differing = [name for name in expected if abs(expected[name] - actual[name]) > 1e-9]
    if differing or (day in SHOWN_DAYS and journal == "day.db"):
        for title, values in (("report", actual), ("check", expected)):
            print(f"{day} {title:6}", " ".join(f"{n}={values[n]:.10g}" for n in expected))
    return not differing


def main():
    bin_dir, bank = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    if not bank.exists():
        print(f"skipped: the bank's log is not there ('{bank}')")
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run(sys.executable, HERE / "bank_to_log.py", bank, folder)
        for suffix, more in (("", ()), ("-counters", ("--counters", folder / "counters.csv"))):
            run(bin_dir / "guichet", "replay", folder / "log.csv", "--site",
                folder / "site.conf", "--journal", folder / f"day{suffix}.db", "--estimates",
                folder / f"estimates{suffix}.csv", *more)
        days = check_bank.waits_and_losses(str(bank), set())
        results = []
        for day in sorted(days):
            expected = check_bank.figures(*days[day])
            for journal in ("day.db", "day-counters.db"):
                actual = reported(bin_dir, folder / journal, day, folder)
                results.append(compare(day, journal, expected, actual))
        score_estimates.print_scores(folder / "estimates.csv", "open while serving")
        score_estimates.print_scores(folder / "estimates-counters.csv", "presence inferred")
    assert results, "no day was compared"
    print(f"{sum(results)} of {len(results)} comparisons agree")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
