using System.Text.Json;

namespace HaiSoft.Ctl.Profiles;

/// <summary>Where a controller is and how a technician signs in to it.</summary>
/// <param name="Address">"https://controller.example:7444".</param>
/// <param name="Token">The technician's token.</param>
/// <param name="CaSha256">SHA-256 of the controller's CA certificate, in hexadecimal: by it the controller is known.</param>
internal sealed record Profile(string Address, string Token, string CaSha256)
{
    private const string Variable = "HAISOFT_PROFILE";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The file that is read when neither <c>--profile</c> nor <c>HAISOFT_PROFILE</c> names one.</summary>
    public static string DefaultFile =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "haisoft", "ctl.json");

    private bool IsWhole =>
        Uri.TryCreate(Address, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps
        && !string.IsNullOrEmpty(Token)
        && CaSha256?.Length == 64 && CaSha256.All(char.IsAsciiHexDigit);

    /// <summary>Reads the profile.</summary>
    /// <exception cref="CtlException">There is none, others may read it, or it is not one.</exception>
    public static Profile Read(string? named)
    {
        string path = named ?? Environment.GetEnvironmentVariable(Variable) ?? DefaultFile;
        string text = ReadText(path);
        if ((File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
        {
            throw new CtlException(
                ExitCode.NotSignedIn, $"The profile {path} holds a token and can be read or written by others: chmod 600 {path}");
        }

        return Parse(text) is { IsWhole: true } profile
            ? profile
            : throw new CtlException(
                ExitCode.NotSignedIn, $"The profile {path} is not one: take the controller's haisoftctl.json again (address, token, ca_sha256).");
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CtlException(
                ExitCode.NotSignedIn,
                $"The profile {path} cannot be read: {e.Message} Copy haisoftctl.json from the controller's data folder to {DefaultFile}, "
                    + $"or name it with --profile FILE or {Variable}.",
                e);
        }
    }

    private static Profile? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ProfileJson.Default.Profile);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
