#!/bin/bash
# Installs packages into a root folder without starting anything: add-packages.sh FOLDER PACKAGE...
set -euo pipefail
folder=$1
shift

printf '#!/bin/sh\nexit 101\n' > "$folder/usr/sbin/policy-rc.d"
chmod +x "$folder/usr/sbin/policy-rc.d"
cp /etc/resolv.conf "$folder/etc/resolv.conf"
export folder DEBIAN_FRONTEND=noninteractive
unshare --mount --propagation private bash -euc '
  mount -t proc proc "$folder/proc"
  mount --rbind /dev "$folder/dev"
  chroot "$folder" apt-get update -q
  chroot "$folder" apt-get install -y -q "$@"
  chroot "$folder" apt-get clean
' install "$@"
rm -f "$folder/usr/sbin/policy-rc.d"
: > "$folder/etc/resolv.conf"
: > "$folder/etc/machine-id"
