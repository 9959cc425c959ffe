using System.Text.Json;
using HaiSoft.FleetSimulator.Identities;

namespace HaiSoft.FleetSimulator.Records;

/// <summary>How a technician's program reaches a controller: the file that the controller's first start makes.</summary>
/// <param name="Address">The technicians' address: "https://localhost:7444".</param>
/// <param name="Token">The technician's token.</param>
/// <param name="Authority">What its CA is known by.</param>
internal sealed record ControllerProfile(Uri Address, string Token, AuthorityPin Authority)
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
        AuthorityPin authority = new(Convert.FromHexString(Text(profile, "ca_sha256", path)));
        return new ControllerProfile(new Uri(Text(profile, "address", path)), Text(profile, "token", path), authority);
    }

    private static string Text(JsonElement profile, string name, string path) =>
        profile.TryGetProperty(name, out JsonElement value) && value.GetString() is { Length: > 0 } text
            ? text
            : throw new InvalidDataException($"The profile '{path}' has no \"{name}\": name the haisoftctl.json in the controller's data folder.");
}
