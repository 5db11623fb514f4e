#!/bin/sh
# Runs a command where every packet that leaves is counted.
#
#   unshare --user --map-root-user --net --mount sh namespace.sh FOLDER COMMAND...
#
# The new network namespace has loopback and a veth pair: default route and name server lie behind
# its far end, IPv6 is off. Afterwards prints `sent N` (left the near end) and `arrived N` (reached
# the far end). No root is needed; FOLDER is for a file of its own.
set -eu

folder=$1
shift

fail() {
  echo "$1" >&2
  exit 90
}

# Before the pair exists: the kernel announces itself on any link that has IPv6.
for scope in all default; do
  echo 1 >"/proc/sys/net/ipv6/conf/$scope/disable_ipv6" 2>/dev/null || true
done

ip link set lo up || fail 'This kernel lets no unprivileged user set up a network namespace.'
ip link add near type veth peer name far || fail 'This kernel has no veth network devices.'
ip address add 10.99.0.2/24 dev near
ip link set far up
ip link set near up
[ -z "$(ip -6 -oneline address show dev near)" ] || fail 'IPv6 cannot be turned off here.'

# The far end's address is known, so that the packet itself leaves and not only a question for it.
far_mac=$(ip -oneline link show far | sed 's/.*link\/ether \([0-9a-f:]*\).*/\1/')
ip neighbour add 10.99.0.1 lladdr "$far_mac" dev near nud permanent
ip route add default via 10.99.0.1

printf 'nameserver 10.99.0.1\noptions timeout:1 attempts:1\n' >"$folder/resolv.conf"
mount --bind "$folder/resolv.conf" /etc/resolv.conf || fail 'The name server cannot be replaced.'

packets() {
  ip -statistics -oneline link show "$1" | awk -v field="$2" '{
    for (i = 1; i <= NF; i++) if ($i == field) { for (j = i; j <= NF; j++) if ($j == "\\") { print $(j + 2); exit } }
  }'
}

[ "$(packets near TX:)" = 0 ] || fail 'The counters are not at zero before the start.'
code=0
"$@" || code=$?
echo "sent $(packets near TX:)"
echo "arrived $(packets far RX:)"
exit "$code"
