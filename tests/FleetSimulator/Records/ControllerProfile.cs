using System.Text.Json;

namespace HaiSoft.FleetSimulator.Records;

/// <summary>How a technician's program reaches a controller: the file that the controller's first start makes.</summary>
/// <param name="Address">The technicians' address: "127.0.0.1:7444".</param>
/// <param name="Token">The technician's token.</param>
/// <param name="AuthorityHash">SHA-256 of the controller's CA certificate, 32 bytes.</param>
internal sealed record ControllerProfile(string Address, string Token, byte[] AuthorityHash)
{
    /// <summary>Reads a profile.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static ControllerProfile Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no profile '{path}': name the haisoftctl.json in the controller's data folder.");

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement profile = document.RootElement;
        return new ControllerProfile(Text(profile, "address", path), Text(profile, "token", path), Hash(Text(profile, "caSha256", path)));
    }

    private static string Text(JsonElement profile, string name, string path) =>
        profile.TryGetProperty(name, out JsonElement value) && value.GetString() is { Length: > 0 } text
            ? text
            : throw new InvalidDataException($"The profile '{path}' has no \"{name}\": name the haisoftctl.json in the controller's data folder.");

    private static byte[] Hash(string text) => Convert.FromHexString(text);
}
