#!/bin/bash
# A small Debian root folder with a real systemd, for test machines.
# make-base.sh FOLDER MIRROR SUITE PACKAGE...
set -euo pipefail
folder=$1 mirror=$2 suite=$3
shift 3

include=$(IFS=,; echo "$*")
debootstrap --variant=minbase --include="$include" "$suite" "$folder" "$mirror"

# The machine's own proxy settings, should it have any; its mirror; no recommended packages.
cp -n /etc/apt/apt.conf.d/*proxy* "$folder/etc/apt/apt.conf.d/" 2>/dev/null || true
echo "deb $mirror $suite main" > "$folder/etc/apt/sources.list"
echo 'APT::Install-Recommends "false";' > "$folder/etc/apt/apt.conf.d/50no-recommends"

# A fresh identity at each boot, no name server to wait for, nothing that wakes up by itself.
: > "$folder/etc/machine-id"
: > "$folder/etc/resolv.conf"
for unit in apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer dpkg-db-backup.timer \
    systemd-resolved.service systemd-networkd.service systemd-networkd-wait-online.service systemd-timesyncd.service; do
  ln -sf /dev/null "$folder/etc/systemd/system/$unit"
done
rm -f "$folder"/var/cache/apt/archives/*.deb
