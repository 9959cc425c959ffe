#!/bin/bash
# Turns a root folder with a kernel into what QEMU boots: make-guest.sh FOLDER OUTPUT
# Writes OUTPUT/vmlinuz, OUTPUT/initrd.img (small: only what mounts the disk) and OUTPUT/root.img.
set -euo pipefail
folder=$1 output=$2
units="$folder/etc/systemd/system"

echo guest > "$folder/etc/hostname"
echo '/dev/vda / ext4 defaults,noatime 0 0' > "$folder/etc/fstab"

# The address comes on the kernel's command line (haisoft.ip=ADDRESS/BITS).
cat > "$folder/usr/local/sbin/guest-network" <<'S'
#!/bin/sh
address=$(sed -n 's/.*haisoft\.ip=\([^ ]*\).*/\1/p' /proc/cmdline)
ip link set lo up
[ -z "$address" ] && exit 0
modprobe virtio_net
i=0
while [ ! -e /sys/class/net/eth0 ] && [ $i -lt 50 ]; do sleep .1; i=$((i + 1)); done
ip link set eth0 up
ip addr add "$address" dev eth0
S
chmod +x "$folder/usr/local/sbin/guest-network"
cat > "$units/guest-network.service" <<'S'
[Unit]
DefaultDependencies=no
After=systemd-udevd.service
Wants=systemd-udevd.service
Before=multi-user.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/guest-network
[Install]
WantedBy=multi-user.target
S
# A folder of the host, for handing packages in.
cat > "$units/guest-share.service" <<'S'
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'modprobe 9pnet_virtio; mkdir -p /host; mount -t 9p -o trans=virtio,version=9p2000.L,msize=262144,ro host /host || true'
[Install]
WantedBy=multi-user.target
S
mkdir -p "$units/multi-user.target.wants"
for unit in guest-network guest-share; do
  ln -sf "../$unit.service" "$units/multi-user.target.wants/$unit.service"
done
ln -sf /lib/systemd/system/multi-user.target "$units/default.target"

# Under emulation every unit costs a second: what no test needs stays off. mdmonitor would mail, smartd would wake disks.
for unit in mdmonitor.service openipmi.service smartmontools.service smartd.service lvm2-monitor.service dmesg.service \
    getty@tty1.service serial-getty@ttyS0.service console-getty.service mdcheck_start.timer mdcheck_continue.timer \
    mdmonitor-oneshot.timer nvmf-autoconnect.service nvmefc-boot-connections.service ipmievd.service \
    systemd-random-seed.service systemd-journal-flush.service modprobe@drm.service e2scrub_reap.service \
    dev-hugepages.mount dev-mqueue.mount sys-kernel-tracing.mount sys-kernel-debug.mount kmod-static-nodes.service \
    systemd-update-utmp.service systemd-user-sessions.service systemd-tmpfiles-clean.timer systemd-logind.service; do
  ln -sf /dev/null "$units/$unit"
done

printf 'virtio_pci\nvirtio_blk\next4\n' > "$folder/etc/initramfs-tools/modules"
sed -i 's/^MODULES=.*/MODULES=list/; s/^COMPRESS=.*/COMPRESS=gzip/' "$folder/etc/initramfs-tools/initramfs.conf"
kernel=$(ls "$folder/lib/modules" | sort -V | tail -1)
export folder kernel
unshare --mount --propagation private bash -euc '
  mount -t proc proc "$folder/proc"
  mount --rbind /dev "$folder/dev"
  chroot "$folder" mkinitramfs -o /boot/initrd-small "$kernel"
'
mkdir -p "$output"
cp "$folder/boot/vmlinuz-$kernel" "$output/vmlinuz"
mv "$folder/boot/initrd-small" "$output/initrd.img"
rm -f "$folder"/boot/initrd.img-*
truncate -s 3G "$output/root.img"
mke2fs -q -t ext4 -O ^has_journal,^metadata_csum -E lazy_itable_init=0 -d "$folder" "$output/root.img"
