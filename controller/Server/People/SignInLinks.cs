using System.Security.Cryptography;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.People;

/// <summary>
/// One-time links by which somebody gets an account: 256 random bits, shown once, only their hash stored, good for
/// <see cref="PeopleOptions.SignInLinkLifetime"/> and one use. A new link withdraws those before it.
/// </summary>
internal sealed class SignInLinks(
    WriteGate gate, AuditLog audit, IDbContextFactory<ControllerDbContext> contexts, TimeProvider time, IOptions<PeopleOptions> options)
{
    private const int TokenBytes = 32;

    /// <summary>Makes a link's token for a role; the caller shows it, nobody can show it again.</summary>
    public Task<NewSignInLink> CreateAsync(string role, string actor, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, token) =>
            {
                await WithdrawOpenAsync(session, role, token);
                var secret = RandomNumberGenerator.GetBytes(TokenBytes);
                var link = new SignInLink
                {
                    Id = NewId.At(session.Now),
                    TokenHash = SHA256.HashData(secret),
                    Role = role,
                    CreatedTime = session.Now,
                    ExpiryTime = session.Now + options.Value.SignInLinkLifetime,
                };
                session.Db.Add(link);
                await session.Db.SaveChangesAsync(token);
                await audit.AppendAsync(session, new AuditEvent(actor, "sign-in-link.create", $"link:{link.Id}", Detail("role", role)), token);
                return new NewSignInLink(Convert.ToHexStringLower(secret), link.ExpiryTime);
            },
            cancellationToken);

    /// <summary>Whether a token can be used now; uses nothing up.</summary>
    public async Task<SignInLinkState> CheckAsync(string? token, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return StateOf(await FindAsync(db, token, cancellationToken), time.GetUtcNow());
    }

    /// <summary>Makes the account and uses the link up, both or neither. The person comes validated, with its password hashed.</summary>
    public Task<SignInLinkState> RedeemAsync(string? token, Person person, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, cancel) =>
            {
                var link = await FindAsync(session.Db, token, cancel);
                var state = StateOf(link, session.Now);
                if (state != SignInLinkState.Usable)
                    return state;
                link!.UsedTime = session.Now;
                person.CreatedTime = session.Now;
                session.Db.Add(person);
                foreach (var role in new[] { Roles.Technician, link.Role }.Distinct())
                    session.Db.Add(new IdentityUserRole<string> { UserId = person.Id, RoleId = role });
                await session.Db.SaveChangesAsync(cancel);
                await audit.AppendAsync(
                    session, new AuditEvent(person.UserName!, "person.create", $"person:{person.Id}", Detail("link", link.Id)), cancel);
                return SignInLinkState.Usable;
            },
            cancellationToken);

    private static Task<int> WithdrawOpenAsync(WriteSession session, string role, CancellationToken cancellationToken) =>
        session.Db.Set<SignInLink>()
            .Where(l => l.Role == role && l.UsedTime == null && l.WithdrawnTime == null)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.WithdrawnTime, session.Now), cancellationToken);

    private static async Task<SignInLink?> FindAsync(ControllerDbContext db, string? token, CancellationToken cancellationToken)
    {
        if (token is null || token.Length != TokenBytes * 2 || !token.All(char.IsAsciiHexDigit))
            return null;
        var hash = SHA256.HashData(Convert.FromHexString(token));
        return await db.Set<SignInLink>().SingleOrDefaultAsync(l => l.TokenHash == hash, cancellationToken);
    }

    private static SignInLinkState StateOf(SignInLink? link, DateTimeOffset now) => link switch
    {
        null => SignInLinkState.Unknown,
        { UsedTime: not null } => SignInLinkState.Used,
        { WithdrawnTime: not null } => SignInLinkState.Withdrawn,
        _ when link.ExpiryTime <= now => SignInLinkState.Expired,
        _ => SignInLinkState.Usable,
    };

    private static Dictionary<string, string> Detail(string name, string value) => new() { [name] = value };
}

/// <summary>A link's secret, to be shown once.</summary>
/// <param name="Token">64 hexadecimal digits.</param>
/// <param name="ExpiryTime">After this it is refused.</param>
internal sealed record NewSignInLink(string Token, DateTimeOffset ExpiryTime);

/// <summary>Whether a one-time link can be used.</summary>
internal enum SignInLinkState
{
    /// <summary>It can.</summary>
    Usable,

    /// <summary>No such link was made here.</summary>
    Unknown,

    /// <summary>It was used.</summary>
    Used,

    /// <summary>A newer link took its place.</summary>
    Withdrawn,

    /// <summary>It is too old.</summary>
    Expired,
}
