namespace HaiSoft.FleetSimulator.Identities;

/// <summary>A fleet's identities and the controller that gave them, in one file, so that a second run need not enrol again.</summary>
/// <param name="AgentsAddress">The agents' address of the controller: "127.0.0.1:7443".</param>
/// <param name="Authority">The controller's CA certificate, DER.</param>
/// <param name="Identities">By server name.</param>
internal sealed record FleetFile(string AgentsAddress, byte[] Authority, IReadOnlyList<SimulatedIdentity> Identities)
{
    private const string Magic = "HaiSoft fleet 1";
    private const int LargestPart = 16 * 1024;

    /// <summary>The file's name in a fleet's folder.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "fleet.bin");

    /// <summary>Reads a fleet.</summary>
    /// <exception cref="FileNotFoundException">None was enrolled there.</exception>
    /// <exception cref="InvalidDataException">The file is another one.</exception>
    public static FleetFile Read(string folder)
    {
        string path = PathIn(folder);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no fleet in '{folder}': make one with 'enrol --count N --profile haisoftctl.json --out {folder}'.");

        using BinaryReader reader = new(File.OpenRead(path));
        if (reader.ReadString() != Magic)
            throw new InvalidDataException($"'{path}' is not a fleet of this version: remove it and enrol again.");

        string address = reader.ReadString();
        byte[] authority = Part(reader);
        int count = reader.ReadInt32();
        return new FleetFile(address, authority, [.. Enumerable.Range(0, count).Select(_ => Identity(reader))]);
    }

    /// <summary>Writes the fleet beside the old one, then over it; keys are for the owner alone.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = PathIn(folder);
        FileStreamOptions options = new()
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (BinaryWriter writer = new(new FileStream(path + ".new", options)))
        {
            writer.Write(Magic);
            writer.Write(AgentsAddress);
            Part(writer, Authority);
            writer.Write(Identities.Count);
            foreach (SimulatedIdentity identity in Identities)
            {
                writer.Write(identity.AgentId);
                writer.Write(identity.ServerName);
                Part(writer, identity.Certificate);
                Part(writer, identity.PrivateKey);
            }
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    private static SimulatedIdentity Identity(BinaryReader reader) => new(reader.ReadString(), reader.ReadString(), Part(reader), Part(reader));

    private static byte[] Part(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        return length is > 0 and <= LargestPart ? reader.ReadBytes(length) : throw new InvalidDataException("The fleet's file is damaged: enrol again.");
    }

    private static void Part(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }
}
