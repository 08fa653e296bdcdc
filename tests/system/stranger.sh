#!/bin/bash
# A device that somebody else wrote: takes a ticket as a kiosk and calls it as a counter with
# mosquitto's own clients, following docs/protocol.md alone; then tries what it may not do.
#
# usage: stranger.sh SOURCE_DIR BUILD_DIR
set -euo pipefail

source_dir=$1
build_dir=$2
export GUICHET=$build_dir/bin/guichet
site=guichet/v1/prefecture
dir=$(mktemp -d)
server_pid=
watch_pid=
last_id=0

fail() {
    echo "FAILED: $*" >&2
    echo "--- the server said:" >&2
    tail -n 20 "$dir/server.log" >&2 || true
    exit 1
}

# Ends what was started, by its own process ids, whatever happened.
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

# Waits until the words are in the file.
wait_for() {
    for _ in $(seq 200); do
        if grep -q -e "$1" "$2" 2> /dev/null; then
            return 0
        fi
        sleep 0.05
    done
    fail "'$1' does not appear in $(basename "$2")"
}

start_office() {
    "$source_dir/broker-config/private-broker" start "$dir/broker" prefecture > "$dir/broker.out"
    # shellcheck disable=SC1091
    . "$dir/broker/broker.env"
    for device in "kiosk hall1" "counter 3" "admin watch"; do
        # shellcheck disable=SC2086
        "$GUICHET" devices add $device --dir "$dir/broker" > /dev/null
    done
    {
        cat "$dir/broker/devices/server.conf"
        printf '\n[server]\nsite_file = %s\njournal = %s\nreserve_mib = 4\n' \
            "$source_dir/assets/sample-site/site.conf" "$dir/journal.db"
        # A Monday morning, whatever the time is here: the services are open.
        printf '\n[clock]\nmode = scaled\nfactor = 1\nstart = 2026-11-23T08:30:00Z\n'
    } > "$dir/server.conf"
    "$build_dir/bin/guichet-server" --config "$dir/server.conf" 2> "$dir/server.log" &
    server_pid=$!
    wait_for "started epoch" "$dir/server.log"
}

secret() {
    cat "$dir/broker/devices/$1.secret"
}

# as IDENTITY PROGRAM WORDS...: one of mosquitto's clients as that device.
as() {
    local identity=$1 program=$2
    shift 2
    timeout 10 "$program" -V 5 -h 127.0.0.1 -p "$BROKER_LOOPBACK_PORT" -i "$identity" \
        -u "$identity" -P "$(secret "$identity")" -q 1 "$@"
}

# ask KIND ID PAYLOAD: sends a command and prints the reply.
ask() {
    as "$1-$2" mosquitto_rr -W 5 -t "$site/$1/$2/command" -e "$site/$1/$2/reply" -m "$3" ||
        fail "no reply to $3"
}

# A command id that was not used before (UUIDv7), into $id.
new_id() {
    last_id=$((last_id + 1))
    id=$(printf '01930000-0000-7000-8000-%012d' "$last_id")
}

# The counter's version, epoch and tick from its state, as fields of a command; from a state
# that has everything that is in the journal, which comes a moment after the reply.
seen() {
    wanted=$(last_event)
    as counter-3 mosquitto_sub -t "$site/counter/3/state" -W 10 | python3 -c '
import json, sys
for line in sys.stdin:
    state = json.loads(line)
    if state["seq"] >= int(sys.argv[1]):
        print(",".join(f"\"{key}\":{state[key]}" for key in ("version", "epoch", "tick")))
        break' "$wanted"
}

last_event() {
    sqlite3 -readonly "$dir/journal.db" 'SELECT max(seq) FROM event'
}

# must TEXT PATTERN...: every pattern is in the text.
must() {
    local text=$1 pattern
    shift
    for pattern in "$@"; do
        grep -q -e "$pattern" <<< "$text" || fail "no $pattern in: $text"
    done
}

# A kiosk takes a ticket; the counter opens, calls, starts and finishes it.
follow_the_protocol() {
    local reply
    new_id
    reply=$(ask kiosk hall1 "{\"id\":\"$id\",\"verb\":\"take\",\"service\":\"immatriculation\",\"language\":\"fr\"}")
    must "$reply" '"ok":true' '"label":"A001"' '"ahead":0' '"open_counters":0' '"wait":null'
    again=$(ask kiosk hall1 "{\"id\":\"$id\",\"verb\":\"take\",\"service\":\"immatriculation\",\"language\":\"fr\"}")
    [ "$reply" = "$again" ] || fail "the same id got another answer: $again"
    for verb in open call-next start; do
        new_id
        reply=$(ask counter 3 "{\"id\":\"$id\",\"verb\":\"$verb\",$(seen)}")
        must "$reply" '"ok":true' '"id":"3"'
    done
    must "$reply" '"label":"A001"' '"state":"serving"'
    new_id
    reply=$(ask counter 3 "{\"id\":\"$id\",\"verb\":\"finish\",$(seen)}")
    must "$reply" '"ok":true' '"state":"free"'
    echo "ok: a stranger's kiosk took A001, a stranger's counter called and served it"
}

# unchanged NAME COMMAND...: runs the attempt and sees that nothing was journalled by it.
unchanged() {
    local name=$1 before
    shift
    before=$(last_event)
    "$@"
    sleep 0.2 # a change that came late would be in the journal by then
    [ "$(last_event)" = "$before" ] || fail "$name changed the journal"
    echo "ok: $name is refused and changes nothing"
}

wrong_password() {
    local said
    if said=$(timeout 10 mosquitto_rr -V 5 -h 127.0.0.1 -p "$BROKER_LOOPBACK_PORT" -i kiosk-hall1 \
        -u kiosk-hall1 -P wrong -q 1 -W 5 -t "$site/kiosk/hall1/command" \
        -e "$site/kiosk/hall1/reply" -m '{}' 2>&1); then
        fail "a wrong password was let in"
    fi
    must "$said" '[Nn]ot authori[sz]ed'
}

foreign_topic() {
    local said
    new_id
    said=$(as kiosk-hall1 mosquitto_pub -t "$site/counter/3/command" \
        -m "{\"id\":\"$id\",\"verb\":\"call-next\",$1}" 2>&1) || true
    must "$said" '[Nn]ot authori[sz]ed'
}

# The reply goes to the sender's own topic, where the administrator sees it; the topic that
# was asked for gets nothing.
foreign_response_topic() {
    new_id
    as admin-watch mosquitto_sub -t "$site/+/+/reply" -v -W 8 > "$dir/replies" &
    watch_pid=$!
    sleep 0.3
    as kiosk-hall1 mosquitto_pub -t "$site/kiosk/hall1/command" \
        -D publish response-topic "$site/counter/3/reply" \
        -m "{\"id\":\"$id\",\"verb\":\"take\",\"service\":\"permis\",\"language\":\"fr\"}"
    wait_for "kiosk/hall1/reply .*\"id\":\"$id\",\"ok\":false.*\"code\":\"response-topic\"" "$dir/replies"
    kill "$watch_pid"
    wait "$watch_pid" 2> /dev/null || true
    watch_pid=
    if grep -q "counter/3/reply" "$dir/replies"; then
        fail "a reply went to a foreign topic"
    fi
}

broken_json() {
    must "$(ask kiosk hall1 '{"id":"01930000-0000-7000-8000-0000000')" '"ok":false' '"id":null' '"code":"malformed"' '"sentence":"'
}

unknown_service() {
    new_id
    must "$(ask kiosk hall1 "{\"id\":\"$id\",\"verb\":\"take\",\"service\":\"cantine\",\"language\":\"fr\"}")" \
        '"ok":false' '"code":"service-unknown"' "'cantine'"
}

# A kiosk listens to everything of a counter while the counter is used, and hears nothing.
foreign_subscription() {
    local reply
    as kiosk-hall1 mosquitto_sub -t "$site/counter/+/+" -t "$site/+/+/command" -t "$site/event" -v \
        -W 3 > "$dir/overheard" 2> "$dir/overheard.err" &
    watch_pid=$!
    sleep 0.3
    new_id
    reply=$(ask counter 3 "{\"id\":\"$id\",\"verb\":\"pause\",\"reason\":\"\",$(seen)}")
    must "$reply" '"ok":true' '"state":"paused"'
    wait "$watch_pid" || [ $? = 27 ] || fail "the foreign subscription: $(cat "$dir/overheard.err")"
    watch_pid=
    [ ! -s "$dir/overheard" ] || fail "a foreign subscription heard: $(cat "$dir/overheard")"
    echo "ok: a foreign subscription delivers nothing"
}

start_office
follow_the_protocol
unchanged "a wrong password" wrong_password
unchanged "a publication to a foreign topic" foreign_topic "$(seen)"
unchanged "a Response Topic that is not its own" foreign_response_topic
unchanged "broken JSON" broken_json
unchanged "an unknown service" unknown_service
foreign_subscription
