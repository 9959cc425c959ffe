namespace HaiSoft.Agent.Readings.Inventory;

/// <summary>What udev wrote down of a disk, in /run/udev/data/b8:0. A container has none.</summary>
// E:ID_MODEL=ACME_Spinner_4T
// E:ID_MODEL_ENC=ACME\x20Spinner\x204T
// E:ID_SERIAL_SHORT=A1B2C3
internal readonly record struct UdevRecord(string? Model, string? Serial)
{
    private const int MaximumLines = 500;

    public static UdevRecord Read(string runRoot, string? deviceNumber)
    {
        if (deviceNumber is null)
            return default;
        string? model = null, serial = null;
        try
        {
            foreach (var line in File.ReadLines(Path.Combine(runRoot, "udev", "data", "b" + deviceNumber)).Take(MaximumLines))
            {
                if (line.StartsWith("E:ID_MODEL=", StringComparison.Ordinal))
                    model = line["E:ID_MODEL=".Length..].Replace('_', ' ').Trim();
                else if (line.StartsWith("E:ID_SERIAL_SHORT=", StringComparison.Ordinal))
                    serial = line["E:ID_SERIAL_SHORT=".Length..].Trim();
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return default;
        }

        return new UdevRecord(model is "" ? null : model, serial is "" ? null : serial);
    }
}
