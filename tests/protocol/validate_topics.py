#!/usr/bin/env python3
"""Validates published messages against docs/asyncapi.yaml.

usage: mosquitto_sub … -F '%t\\t%p' -t 'guichet/v1/SITE/#' | validate_topics.py ASYNCAPI.yaml

Reads lines "topic<TAB>payload", says every fault, and ends with a count; exits 1 when there
was a fault or no message at all. An empty payload (a retained message being deleted) counts
for nothing.
"""
import sys

from schemas import Schemas


def main():
    schemas = Schemas(sys.argv[1])
    count = 0
    faults = 0
    for line in sys.stdin:
        topic, _, payload = line.rstrip("\n").partition("\t")
        if not payload:
            continue
        count += 1
        for fault in schemas.faults_of_message(topic, payload):
            print(fault)
            faults += 1
    print(f"{count} messages, {faults} faults")
    return 1 if faults or not count else 0


if __name__ == "__main__":
    sys.exit(main())
