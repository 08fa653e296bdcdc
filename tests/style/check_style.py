#!/usr/bin/env python3
"""Holds the source tree to docs/style.md where a machine can: arrows between the rooms, banned
calls, lengths of files and functions, mutable file-scope variables, formatting.

usage: check_style.py SOURCE_DIR [--format]
"""
import pathlib
import re
import subprocess
import sys

# Which rooms a room may include (DESIGN 2); every room may include itself.
ARROWS = {
    "core": set(),
    "figures": {"core"},
    "journal": {"core"},
    "runtime": {"core"},
    "ui": {"core", "runtime"},
    "printing": {"core", "runtime"},
    "kiosk": {"core", "runtime", "ui", "printing"},
    "display": {"core", "runtime", "ui"},
    "counter": {"core", "runtime", "ui", "printing"},
    "server": {"core", "figures", "journal", "runtime"},
    "report": {"core", "figures", "journal", "runtime"},
    "admin": {"core", "figures", "journal", "runtime"},
}
# Libraries that have one room only.
LIBRARY_ROOMS = {
    r"SDL\w*(/.*)?\.h": {"ui"},
    r"sqlite3\.h": {"journal"},
    r"cups/.*": {"printing"},
    r"mosquitto\.h|mqtt_protocol\.h": {"runtime"},
}
BANNED = ("strcpy strcat sprintf strncpy strtok atoi strtol gets alloca localtime gmtime "
          "localtime_r gmtime_r system").split()
# Where a banned call lives so that nobody else needs it.
WRAPPERS = {"runtime/clock.c": {"localtime_r", "gmtime_r"}}
FILE_LINES_MAX = 600
FUNCTION_LINES_MAX = 70
# State of the process itself: main.c of each program, and the log.
MAY_HOLD_STATE = re.compile(r"(^|/)(main|log)\.c$")


def strip_comments(text):
    """The text without comments and with empty string literals, line numbers kept."""
    def blank(match):
        found = match.group(0)
        if found.startswith("/"):
            return "\n" * found.count("\n") or " "
        return found[0] + found[-1]
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
                  blank, text, flags=re.S)


def check_includes(path, room, text, faults):
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if not found:
            continue
        quote, name = found.groups()
        other = name.split("/")[0]
        if quote == '"' and other in ARROWS and other != room and other not in ARROWS[room]:
            faults.append(f"{path}:{number}: '{room}' may not include '{name}'")
        for pattern, rooms in LIBRARY_ROOMS.items():
            if re.fullmatch(pattern, name) and room not in rooms:
                faults.append(f"{path}:{number}: only {', '.join(sorted(rooms))} may include "
                              f"'{name}'")


def check_calls(path, code, faults):
    allowed = WRAPPERS.get(str(path), set())
    for number, line in enumerate(code.splitlines(), 1):
        for call in re.findall(r"\b([a-z_]+)\s*\(", line):
            if call in BANNED and call not in allowed:
                faults.append(f"{path}:{number}: call of banned '{call}'")


def check_lengths(path, text, code, faults):
    lines = text.count("\n")
    if lines > FILE_LINES_MAX:
        faults.append(f"{path}: {lines} lines, at most {FILE_LINES_MAX}")
    start = None
    source = text.splitlines()
    for number, line in enumerate(code.splitlines(), 1):
        if line == "{":
            start = number
        elif line == "}" and start:
            length = number - start + 1
            head = "\n".join(source[max(0, start - 6):start])
            if length > FUNCTION_LINES_MAX and "readability-function-size" not in head:
                faults.append(f"{path}:{start}: function of {length} lines, at most "
                              f"{FUNCTION_LINES_MAX}")
            start = None


def check_state(path, code, faults):
    if MAY_HOLD_STATE.search(str(path)):
        return
    depth = 0
    for number, line in enumerate(code.splitlines(), 1):
        at_top = depth == 0
        depth += line.count("{") - line.count("}")
        is_static = re.match(r"\s*static\s+(?!const\b|inline\b|_Noreturn\b)", line)
        if not is_static or "(" in line.split("=")[0] or re.search(r"\bconst\s+\w+\s*(\[|=)", line):
            continue
        if re.match(r"\s*static\s+[\w\s\*]+\w+(\[[^\]]*\])*\s*(=|;)", line):
            where = "file-scope" if at_top else "function-scope"
            faults.append(f"{path}:{number}: mutable {where} variable")


def check_format(root, files, faults):
    result = subprocess.run(["clang-format", "--dry-run", *files], cwd=root,
                            capture_output=True, text=True, check=False)
    for line in result.stderr.splitlines():
        if "warning:" in line:
            faults.append(line)


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    faults = []
    files = []
    for room in ARROWS:
        for path in sorted((root / room).rglob("*.[ch]")):
            name = path.relative_to(root)
            files.append(str(name))
            text = path.read_text(encoding="utf-8")
            code = strip_comments(text)
            check_includes(name, room, text, faults)
            check_calls(name, code, faults)
            check_lengths(name, text, code, faults)
            if path.suffix == ".c":
                check_state(name, code, faults)
    tests = [str(p.relative_to(root)) for p in sorted((root / "tests").rglob("*.[ch]"))]
    if "--format" in sys.argv:
        check_format(root, files + tests, faults)
    for fault in faults:
        print(fault)
    print(f"{len(files)} files, {len(faults)} faults")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
