using System.Buffers.Text;

namespace HaiSoft.FleetSimulator.Identities;

/// <summary>A one-time token: <c>hse1.SECRET.CA</c>, of which an agent needs only the CA's SHA-256.</summary>
internal static class EnrolmentToken
{
    /// <summary>The CA's SHA-256.</summary>
    /// <exception cref="FormatException">The text is no whole token.</exception>
    public static byte[] AuthorityHash(string token) =>
        token.Split('.') is ["hse1", { Length: 43 }, { Length: 43 } hash]
            ? Base64Url.DecodeFromChars(hash)
            : throw new FormatException("The controller made a token that is not of the form 'hse1.SECRET.CA': is it of another version?");
}
