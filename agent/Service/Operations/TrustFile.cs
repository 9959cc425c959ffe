using HaiSoft.Protocol.Trust.Envelopes;

namespace HaiSoft.Agent.Operations;

/// <summary>A root or a catalogue in a file that somebody brought.</summary>
/// <param name="IsRoot">A root, or else a catalogue.</param>
/// <param name="Content">Its exact bytes.</param>
internal sealed record TrustFile(bool IsRoot, byte[] Content)
{
    /// <summary>Reads one. What it says is for the helper to verify.</summary>
    /// <param name="problem">Why it is none.</param>
    public static TrustFile? Read(string path, out string problem)
    {
        try
        {
            problem = $"{path} is larger than any root or catalogue.";
            byte[]? content = new FileInfo(path).Length <= OpenedEnvelope.Largest ? File.ReadAllBytes(path) : null;
            return content is null ? null : Read(path, content, out problem);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = $"{path} cannot be read: {error.Message}";
            return null;
        }
    }

    private static TrustFile? Read(string path, byte[] content, out string problem)
    {
        var opened = OpenedEnvelope.Open(content);
        problem = opened.Refusal is { } refusal ? $"{path}: {refusal.Words}" : $"{path} is neither a root nor a catalogue.";
        return opened.Refusal is null && opened.Accepted.PayloadType is PayloadTypes.Root or PayloadTypes.Catalogue
            ? new(opened.Accepted.PayloadType == PayloadTypes.Root, content)
            : null;
    }
}
