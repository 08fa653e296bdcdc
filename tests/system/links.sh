#!/bin/sh
# Sees that the programs are linked with the libraries they stand on, that the server and the
# report need no screen, and that the tests are cmocka programs.
#
# usage: links.sh BUILD_DIR
set -eu
bin=$1/bin
faults=0

needed() {
    readelf -d "$bin/$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
}

# links PROGRAM LIBRARY...
links() {
    program=$1
    shift
    for library in "$@"; do
        if needed "$program" | grep -q "^$library\.so"; then
            echo "ok: $program links $library"
        else
            echo "FAILED: $program does not link $library" >&2
            faults=$((faults + 1))
        fi
    done
}

# free_of PROGRAM LIBRARY...: not even through another library.
free_of() {
    program=$1
    shift
    for library in "$@"; do
        if ldd "$bin/$program" | grep -q "$library"; then
            echo "FAILED: $program needs $library" >&2
            faults=$((faults + 1))
        else
            echo "ok: $program is free of $library"
        fi
    done
}

for window in kiosk display counter; do
    links "guichet-$window" libSDL2-2.0 libSDL2_ttf-2.0 libmosquitto
    free_of "guichet-$window" libsqlite3
done
links guichet-print libcups
links guichet-server libmosquitto libsqlite3
links guichet-report libsqlite3
free_of guichet-server libSDL2
free_of guichet-report libSDL2

tests=0
for test in "$bin"/*_test; do
    # The scenarios' runner reads days as text: it is no cmocka program.
    [ "${test##*/}" != scenario_test ] || continue
    links "$(basename "$test")" libcmocka
    tests=$((tests + 1))
done
[ "$tests" -gt 20 ] || {
    echo "FAILED: only $tests test programs in $bin" >&2
    faults=$((faults + 1))
}
[ "$faults" = 0 ]
