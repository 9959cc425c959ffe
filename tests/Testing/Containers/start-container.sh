#!/bin/bash
# Starts a real systemd as process 1 on an overlay: start-container.sh STATE ROOT NAME HOSTNAME NETWORK
# STATE gets what the container writes; everything is mounted in a namespace of its own and goes with it.
set -euo pipefail
state=$1 root=$2 name=$3 hostname=$4 network=$5

mkdir -p "$state/written" "$state/work" "$state/root"
export state root name hostname network
exec unshare --mount --propagation private bash -euc '
  mount -t overlay overlay -o "lowerdir=$root,upperdir=$state/written,workdir=$state/work" "$state/root"
  # A cgroup tree of its own, version 2, whatever the machine itself uses.
  umount -R -l /sys/fs/cgroup
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
  mkdir -p "/sys/fs/cgroup/$name"
  echo $$ > "/sys/fs/cgroup/$name/cgroup.procs"
  exec env SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 systemd-nspawn --quiet --register=no --keep-unit --boot \
    --machine="$name" --hostname="$hostname" --directory="$state/root" --network-namespace-path="$network" \
    --console=pipe --timezone=off --resolv-conf=off --link-journal=no
'
