#!/usr/bin/env python3
"""Scores the estimates that `guichet replay --estimates` wrote.

usage: score_estimates.py EST.csv

Over visits that were quoted a wait and called: root mean square error, mean absolute error and bias
(quoted mean less actual wait) in seconds, and how often the wait was within P50, P80 and P90; first
for all, then for those who waited at all.
"""
import csv
import math
import sys


def score(rows):
    errors = [float(r["quoted_mean_s"]) - float(r["actual_wait_s"]) for r in rows]
    count = len(errors)
    result = {
        "count": count,
        "rmse_s": math.sqrt(sum(e * e for e in errors) / count),
        "mae_s": sum(map(abs, errors)) / count,
        "bias_s": sum(errors) / count,
    }
    for level in (50, 80, 90):
        within = sum(float(r["actual_wait_s"]) <= float(r[f"quoted_p{level}_s"]) for r in rows)
        result[f"p{level}"] = within / count
    return result


def scores(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["quoted_mean_s"] and r["actual_wait_s"]]
    return {"all": score(rows),
            "waited": score([r for r in rows if float(r["actual_wait_s"]) > 0])}


def print_scores(path, title):
    for name, s in scores(path).items():
        print(f"{title}, {name}: {s['count']} visits, RMSE {s['rmse_s']:.1f} s, MAE "
              f"{s['mae_s']:.1f} s, bias {s['bias_s']:+.1f} s, within P50 {s['p50']:.3f}, "
              f"P80 {s['p80']:.3f}, P90 {s['p90']:.3f}")


if __name__ == "__main__":
    print_scores(sys.argv[1], sys.argv[1])
