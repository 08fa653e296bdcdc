#!/bin/bash
# Validates everything that a server and its devices publish on the broker against
# docs/asyncapi.yaml while a ticket goes through its whole life.
#
# usage: payloads.sh SOURCE_DIR BUILD_DIR
set -euo pipefail

source_dir=$1
build_dir=$2
export GUICHET=$build_dir/bin/guichet
site=guichet/v1/prefecture
dir=$(mktemp -d)
server_pid=
watch_pid=

tidy_up() {
    [ -z "$watch_pid" ] || kill "$watch_pid" 2> /dev/null || true
    if [ -n "$server_pid" ]; then
        kill "$server_pid" 2> /dev/null || true
        wait "$server_pid" 2> /dev/null || true
    fi
    "$source_dir/broker-config/private-broker" stop "$dir/broker" || true
    rm -rf "$dir"
}
trap tidy_up EXIT
trap 'exit 1' INT TERM

# as IDENTITY PROGRAM WORDS...
as() {
    local identity=$1 program=$2
    shift 2
    "$program" -V 5 -h 127.0.0.1 -p "$BROKER_LOOPBACK_PORT" -i "$identity" -u "$identity" \
        -P "$(cat "$dir/broker/devices/$identity.secret")" -q 1 "$@"
}

# ask KIND ID VERB [FIELDS]: a command with a fresh id; prints the reply.
ask() {
    as "$1-$2" mosquitto_rr -W 8 -t "$site/$1/$2/command" -e "$site/$1/$2/reply" \
        -m "{\"id\":\"01930000-0000-7000-8000-$(date +%s%N | tail -c 13)\",\"verb\":\"$3\"${4:+,$4}}"
}

# What counter 3 has seen: waits out the 20 ms in which a state may be on its way.
seen() {
    sleep 0.1
    as counter-3 mosquitto_sub -W 8 -C 1 -t "$site/counter/3/state" | python3 -c '
import json, sys
state = json.load(sys.stdin)
print(",".join(f"\"{key}\":{state[key]}" for key in ("version", "epoch", "tick")))'
}

"$source_dir/broker-config/private-broker" start "$dir/broker" prefecture > /dev/null
# shellcheck disable=SC1091
. "$dir/broker/broker.env"
for device in "kiosk hall1" "counter 3" "admin watch" "admin ops"; do
    # shellcheck disable=SC2086
    "$GUICHET" devices add $device --dir "$dir/broker" > /dev/null
done
{
    cat "$dir/broker/devices/server.conf"
    printf '\n[server]\nsite_file = %s\njournal = %s\nreserve_mib = 4\n' \
        "$source_dir/assets/sample-site/site.conf" "$dir/journal.db"
    printf '\n[clock]\nmode = scaled\nfactor = 1\nstart = 2026-11-23T08:30:00Z\n'
} > "$dir/server.conf"
# The program itself is the background process, so that its own process id ends it.
mosquitto_sub -V 5 -h 127.0.0.1 -p "$BROKER_LOOPBACK_PORT" -i admin-watch -u admin-watch \
    -P "$(cat "$dir/broker/devices/admin-watch.secret")" -q 1 -t "$site/#" -F '%t\t%p' \
    > "$dir/published" 2> /dev/null &
watch_pid=$!
"$build_dir/bin/guichet-server" --config "$dir/server.conf" 2> "$dir/server.log" &
server_pid=$!
for _ in $(seq 200); do
    grep -q "started epoch" "$dir/server.log" && break
    sleep 0.05
done

take='"service":"immatriculation","language":"fr"'
for _ in 1 2 3; do
    ask kiosk hall1 take "$take" | grep -q '"ok":true'
done
ask counter 3 open "$(seen)" | grep -q '"ok":true'
for verb in call-next recall start finish undo finish call-next no-show pause; do
    fields=$(seen)
    [ "$verb" != pause ] || fields="$fields,\"reason\":\"Réunion\""
    ask counter 3 "$verb" "$fields" | grep -q '"ok":true' || {
        echo "FAILED: $verb was refused" >&2
        exit 1
    }
done
ask kiosk hall1 take '"service":"nothing","language":"fr"' | grep -q '"ok":false'
ask admin ops status | grep -q '"status"'
ask admin ops close-day | grep -q '"ok":true'
sleep 3
kill "$watch_pid"
wait "$watch_pid" 2> /dev/null || true
watch_pid=
python3 "$source_dir/tests/protocol/validate_topics.py" "$source_dir/docs/asyncapi.yaml" \
    < "$dir/published"
