namespace HaiSoft.Agent.Helper.Probe;

/// <summary>Checks what a scan printed before it becomes an argument: a firmware or a driver may have had a say in it.</summary>
internal static class DeviceArgument
{
    private const int MaximumLength = 128;

    /// <summary>"/dev/sda", "/dev/bus/0", "/dev/disk/by-id/nvme-ACME_1": below /dev, without a way out of it.</summary>
    public static bool IsDevice(string name) =>
        name.Length is > 5 and <= MaximumLength
        && name.StartsWith("/dev/", StringComparison.Ordinal)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '.' or ':')
        && !name.Split('/').Contains("..");

    /// <summary>"sat", "nvme", "megaraid,4", "sat+megaraid,4", "areca,3/2".</summary>
    public static bool IsType(string type) =>
        type.Length is > 0 and <= MaximumLength
        && char.IsAsciiLetterLower(type[0])
        && type.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or ',' or '+' or '/' or '-');
}
