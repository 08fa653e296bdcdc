#!/usr/bin/env python3
"""Validates what the codecs write against docs/asyncapi.yaml, and sees that the schemas refuse
what they must.

usage: check_schemas.py ASYNCAPI.yaml PRINT_SAMPLES

Every document printed must be valid, in one packet (64,000 bytes; commands 4,096), and written
without spaces. Then each is damaged: every required field taken away, every value replaced by
one of another type; every such document must be refused. Each schema that a message uses must
have been seen.
"""
import copy
import json
import subprocess
import sys

from schemas import Schemas

PAYLOAD_BYTES_MAX = 64000
COMMAND_BYTES_MAX = 4096


def check_references(node, document, faults):
    """Every $ref of the document leads somewhere; jsonschema looks only where it validates."""
    if isinstance(node, list):
        for inner in node:
            check_references(inner, document, faults)
    if not isinstance(node, dict):
        return
    target = node.get("$ref")
    if isinstance(target, str):
        place = document
        for part in target.removeprefix("#/").split("/"):
            place = place.get(part) if isinstance(place, dict) else None
        if place is None:
            faults.append(f"'{target}' leads nowhere")
    for inner in node.values():
        check_references(inner, document, faults)


def damaged(value):
    """Every document with one field missing or of another type, with its place."""
    if isinstance(value, dict):
        for key in value:
            less = copy.copy(value)
            del less[key]
            yield key, "missing", less
            other = copy.copy(value)
            other[key] = [[]]
            yield key, "of another type", other
            for place, how, inner in damaged(value[key]):
                yield f"{key}.{place}", how, {**value, key: inner}
    elif isinstance(value, list):
        for place, how, inner in damaged(value[0]) if value else ():
            yield f"0.{place}", how, [inner, *value[1:]]


# Fields that a reader may do without; all others are required.
OPTIONAL = {
    "kioskCommand": {"class"}, "adminCommand": {"class", "answered_at", "ended_at"},
    "receptionCommand": {"class", "answered_at", "ended_at"},
    "supervisorCommand": {"class", "answered_at", "ended_at"},
    "sourceCommand": {"answered_at", "ended_at"},
    "counterCommand": {"answered_at", "ended_at", "reason", "back_at"},
    "reply": {"ticket", "counter", "status", "state", "remark"},
    # A status that loses these is still a whole Will, or a device without a printer.
    "status": set(),
}
# … and those of single verbs: what is not named stays as it is.
OPTIONAL_OF_VERB = {
    "take": {"quantity", "further", "confirmed", "test", "lacks"},
    "transfer": {"service", "to", "after_s", "comes_back"},
    "requalify": {"service", "class"},
    "call": {"reason"}, "walk-in": {"class"},
    "note": {"topic", "missing", "complete"},
    "remark": {"service"},
    "settle": {"service"},
    "exceptional": {"service", "fr", "en", "until"},
    "split": {"service", "quantity"},
    "message": {"fr", "en", "hall", "until"},
}
# Anything may be in the body of an event: docs/journal.md says what.
FREE = {"event": "body.", "events": ("events.0.body.", "events.1.body.")}


def check_damage(schemas, name, document, faults):
    validator = schemas.validator(name)
    count = 0
    for place, how, broken in damaged(document):
        optional = OPTIONAL.get(name, set()) | OPTIONAL_OF_VERB.get(document.get("verb"), set())
        if place in optional and how == "missing":
            continue
        if FREE.get(name) and place.startswith(FREE[name]):
            continue
        count += 1
        if name == "status" and broken == {"online": False}:
            continue
        if validator.is_valid(broken):
            faults.append(f"{name}: '{place}' {how} is not refused")
    return count


def main():
    schemas = Schemas(sys.argv[1])
    lines = subprocess.run([sys.argv[2]], check=True, capture_output=True).stdout.splitlines()
    faults = []
    seen = {}
    damages = 0
    largest = 0
    check_references(schemas.document, schemas.document, faults)
    for line in lines:
        name, payload = line.decode().split("\t", 1)
        size = len(payload.encode())
        largest = max(largest, size)
        limit = COMMAND_BYTES_MAX if name.endswith("Command") else PAYLOAD_BYTES_MAX
        if size > limit:
            faults.append(f"{name}: {size} bytes, at most {limit}")
        document = json.loads(payload)
        if json.dumps(document, separators=(",", ":"), ensure_ascii=False) != payload:
            faults.append(f"{name}: not written as JSON is written: {payload[:100]}")
        for fault in schemas.validator(name).iter_errors(document):
            faults.append(f"{name}: {fault.json_path}: {fault.message[:200]}")
        seen[name] = seen.get(name, 0) + 1
        if size < 10000:
            damages += check_damage(schemas, name, document, faults)
    for name in schemas.used_by_messages() - set(seen) - {"light"}:
        faults.append(f"no document of schema '{name}' was printed")
    for word in ("green", "red", "off"):
        faults += schemas.faults_of_message("guichet/v1/s/counter/3/light", word)
    for topic, payload in (("guichet/v1/s/counter/3/light", "blue"),
                           ("guichet/v1/s/counter/3/lamp", "red"),
                           ("guichet/v1/s/board/main", "{"),
                           ("guichet/v1/s/display/d/command", "{}")):
        if not schemas.faults_of_message(topic, payload):
            faults.append(f"'{payload}' on {topic} is not refused")
    for fault in faults:
        print(fault)
    print(f"{len(lines)} documents of {len(seen)} schemas, the largest {largest} bytes, "
          f"{damages} damaged ones, {len(faults)} faults")
    return 1 if faults or len(lines) < 40 or damages < 500 else 0


if __name__ == "__main__":
    sys.exit(main())
