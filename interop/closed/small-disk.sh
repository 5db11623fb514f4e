#!/bin/sh
# Holds a small disk for whoever started this.
#
#   unshare --user --map-root-user --mount sh small-disk.sh FOLDER SIZE
#
# Mounts FOLDER (there, empty) as a tmpfs of SIZE (such as 16m) that this process and those who
# enter its namespaces see, and nobody else. Prints `holder PID`; ends with its input, and the disk
# with it. No root is needed.
set -eu

mount -t tmpfs -o "size=$2,mode=0700" tmpfs "$1" || {
  echo 'This kernel lets no unprivileged user mount a disk in memory.' >&2
  exit 90
}
echo "holder $$"
cat >/dev/null
