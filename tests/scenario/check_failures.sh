#!/bin/sh
# Whether docs/failures.md has a row for each of the 36 failures, and each row names a
# scenario or a test that exists, or says why it cannot happen.
# usage: check_failures.sh SOURCE_DIRECTORY BUILD_DIRECTORY
set -eu
source=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$2" && ctest -N) | sed -n 's/^ *Test *#[0-9]*: //p' >"$work/tests"
faults=0
number=1
while [ "$number" -le 36 ]; do
    row=$(grep "^| $number |" "$source/docs/failures.md" || true)
    held=$(printf '%s' "$row" | cut -d '|' -f 4)
    names=$(printf '%s' "$held" | grep -o '`[^`]*`' | tr -d '`' || true)
    if [ -z "$names" ] && ! printf '%s' "$held" | grep -q 'cannot happen:'; then
        echo "failure $number is held by nothing"
        faults=$((faults + 1))
    fi
    for name in $names; do
        if [ ! -f "$source/tests/scenario/$name.day" ] && ! grep -qx "$name" "$work/tests" &&
            [ ! -f "$source/tests/bench/$name.c" ]; then
            echo "failure $number: there is no scenario or test '$name'"
            faults=$((faults + 1))
        fi
    done
    number=$((number + 1))
done
[ "$faults" -eq 0 ] && echo "36 failures are held"
