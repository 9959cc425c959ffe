namespace HaiSoft.Ctl.Display;

/// <summary>A SHA-256 as people read it aloud and compare it with paper: sixteen groups of four digits.</summary>
internal static class Fingerprint
{
    private const int GroupLength = 4;

    public static string Of(string sha256) => string.Join(' ', sha256.Chunk(GroupLength).Select(group => new string(group)));
}
