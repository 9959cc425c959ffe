using System.Text.Json;

namespace HaiSoft.Agent.Readings.Disks;

/// <summary>Whether smartctl left a disk alone because it sleeps (<c>-n standby</c>).</summary>
// "messages": [{ "string": "Device is in STANDBY mode, exit(2)", "severity": "information" }], "exit_status": 2
internal static class SmartctlSleep
{
    public static bool Sleeps(JsonElement root)
    {
        foreach (var message in Json.Items(root, "smartctl", "messages"))
        {
            if (Json.Text(message, "string") is { } text
                && text.StartsWith("Device is in ", StringComparison.Ordinal)
                && text.Contains(" mode, exit(", StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
