using System.Globalization;
using HaiSoft.Agent.Readings.Files;
using HaiSoft.Agent.Readings.Inventory;

namespace HaiSoft.Agent.Readings.Arrays;

/// <summary>
/// Refines what mdstat says by /sys/block/NAME/md (the kernel's Documentation/admin-guide/md.rst): each member's own state, and
/// the disk that it is on. What sysfs does not say stays as mdstat has it.
/// </summary>
// md/level "raid1"  md/raid_disks "2"  md/degraded "1"  md/sync_action "recover"
// md/dev-sda1/state "in_sync"  md/dev-sdb1/state "faulty"  md/dev-sdc1/state "spare"  md/dev-sdc1/slot "1"
public static class MdFolder
{
    /// <summary>The same array, with what the kernel's folder adds.</summary>
    /// <param name="array">As mdstat tells of it.</param>
    /// <param name="sysRoot">/sys, or a tree like it.</param>
    /// <param name="disks">The machine's whole disks, to tell a member's model and serial.</param>
    public static ArrayReading Refine(ArrayReading array, string sysRoot, IReadOnlyList<Disk> disks)
    {
        var folder = Path.Combine(sysRoot, "block", array.Name, "md");
        var refined = array with { Members = [.. array.Members.Select(member => Member(member, folder, sysRoot, disks))] };
        if (SmallFile.Text(Path.Combine(folder, "level")) is { } level && refined.Level == "unknown")
            refined = refined with { Level = level };
        if (refined.RequiredCount == 0 && SmallFile.Integer(Path.Combine(folder, "raid_disks")) is > 0 and <= int.MaxValue and var required)
            refined = refined with { RequiredCount = (int)required };
        // mdstat shows a repair that an administrator asked for as "resync"; it is a check that writes.
        return SmallFile.Text(Path.Combine(folder, "sync_action")) == "repair" && refined.Activity == ArrayActivity.Resyncing
            ? refined with { Activity = ArrayActivity.Checking }
            : refined;
    }

    private static ArrayMember Member(ArrayMember member, string folder, string sysRoot, IReadOnlyList<Disk> disks)
    {
        var own = Path.Combine(folder, "dev-" + member.Device.Replace('/', '!'));
        var state = State(SmallFile.Text(Path.Combine(own, "state")), SmallFile.Text(Path.Combine(own, "slot")));
        var diskName = DiskFolder.DiskOf(sysRoot, member.Device);
        var disk = disks.FirstOrDefault(d => d.Name == diskName);
        return member with { State = state ?? member.State, DiskModel = disk?.Model, DiskSerial = disk?.Serial, DiskSlot = disk?.Slot };
    }

    // "spare" with a place in the array is one that is being filled; a place is a number, "none" or "journal".
    private static ArrayMemberState? State(string? state, string? slot)
    {
        if (state is null)
            return null;
        var words = state.Split(',', StringSplitOptions.TrimEntries);
        if (words.Contains("faulty"))
            return ArrayMemberState.Faulty;
        if (words.Contains("journal"))
            return ArrayMemberState.Auxiliary;
        if (words.Contains("spare"))
            return int.TryParse(slot, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? ArrayMemberState.Rebuilding : slot is null ? null : ArrayMemberState.Spare;
        if (!words.Contains("in_sync"))
            return null;
        return words.Contains("write_mostly") ? ArrayMemberState.Auxiliary : ArrayMemberState.InSync;
    }
}
