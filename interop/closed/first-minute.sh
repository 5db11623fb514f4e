#!/bin/sh
# A new person's first minute with Skep, run inside namespace.sh.
#
#   sh first-minute.sh DATA JAVA-COMMAND...
#
# Prints `ready URL`, `seconds N` (whole seconds for which the node was watched after that) and a
# line `listens ADDRESS:PORT` per listening socket.
set -eu

data=$1
shift

SKEP_SSB_PORT=0
export SKEP_SSB_PORT
output=$data.out
"$@" up --data "$data" --name Ana --port 0 --no-browser >"$output" 2>&1 &
skep=$!
trap 'kill "$skep" 2>/dev/null || true' EXIT

uptime_seconds() {
  cut -d. -f1 /proc/uptime
}

waited=0
until grep -q '^ready ' "$output"; do
  kill -0 "$skep" 2>/dev/null && [ "$waited" -lt 60 ] || {
    cat "$output" >&2
    exit 91
  }
  sleep 1
  waited=$((waited + 1))
done
grep '^ready ' "$output"
ready=$(uptime_seconds)

"$@" status --data "$data" >&2
"$@" post --data "$data" --to anybody 'nobody is connected' >&2
"$@" timeline --data "$data" >&2

while [ "$(uptime_seconds)" -le $((ready + 60)) ]; do
  kill -0 "$skep" || exit 92
  sleep 1
done
echo "seconds $(($(uptime_seconds) - ready))"
ss --listening --tcp --udp --numeric --no-header | awk '{ print "listens " $5 }'
kill "$skep"
wait "$skep" || true
