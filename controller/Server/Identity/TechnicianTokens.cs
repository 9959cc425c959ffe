using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>Technicians' tokens for the command line: <c>hst1.</c> and 32 random bytes in base64url. Only hashes are stored.</summary>
internal sealed class TechnicianTokens(IDbContextFactory<ControllerDbContext> contexts)
{
    private const string Prefix = "hst1.";

    /// <summary>A new token's text.</summary>
    public static string Make() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of a token.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>What names a token in what is written down, and opens nothing.</summary>
    public static string IdOf(byte[] tokenHash) => $"token:{Convert.ToHexStringLower(tokenHash)[..16]}";

    /// <summary>Who acts by this token; null when it is unknown or revoked.</summary>
    public async Task<string?> FindNameAsync(string token, CancellationToken cancellationToken)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || token.Length > 100)
            return null;
        byte[] hash = HashOf(token);
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<TechnicianTokenRow>()
            .Where(row => row.TokenHash == hash && row.RevokedTime == null)
            .Select(row => row.Name)
            .SingleOrDefaultAsync(cancellationToken);
    }
}
