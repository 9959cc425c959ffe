using System.Text.Json;
using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Configuration;

/// <summary>The agent's local configuration: a JSON file that root owns. It may be absent; comments are allowed.</summary>
internal static class ConfigurationFile
{
    private const int MaximumBytes = 1024 * 1024;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Reads a file. What is wrong goes to <paramref name="errors"/>, and the defaults hold in its place.</summary>
    public static ConfigurationSection Read(string path, List<string> errors)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                return new ConfigurationSection(null, "", errors);
            }

            if (FindDistrust(file) is { } distrust)
            {
                errors.Add($"{path} {distrust}");
                return new ConfigurationSection(null, "", errors);
            }

            return Parse(File.ReadAllBytes(path), errors);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add($"{path} cannot be read: {error.Message}");
            return new ConfigurationSection(null, "", errors);
        }
    }

    /// <summary>Reads a file's content.</summary>
    public static ConfigurationSection Parse(ReadOnlyMemory<byte> content, List<string> errors)
    {
        try
        {
            JsonDocumentOptions options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };
            using JsonDocument document = JsonDocument.Parse(content, options);
            return new ConfigurationSection(document.RootElement.Clone(), "", errors);
        }
        catch (JsonException error)
        {
            errors.Add($"The configuration is not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
            return new ConfigurationSection(null, "", errors);
        }
    }

    private static string? FindDistrust(FileInfo file)
    {
        if (file.Length > MaximumBytes)
        {
            return "is larger than 1 MiB";
        }

        if ((file.UnixFileMode & WritableByOthers) != UnixFileMode.None)
        {
            return "can be written by others: chmod go-w it";
        }

        uint self = LinuxCalls.GetEffectiveUserId();
        return LinuxCalls.OwnerOf(file.FullName) is { User: var owner } && owner != 0 && owner != self
            ? "belongs to another user: chown it to root"
            : null;
    }
}
