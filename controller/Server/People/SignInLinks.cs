using System.Security.Cryptography;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.People;

/// <summary>
/// One-time links by which somebody gets an account or a password: 256 random bits, shown once, only their hash stored, good for
/// <see cref="PeopleOptions.SignInLinkLifetime"/> and one use. A new link withdraws those before it, for the same role or person.
/// </summary>
internal sealed class SignInLinks(
    WriteGate gate, AuditLog audit, IDbContextFactory<ControllerDbContext> contexts, TimeProvider time, IOptions<PeopleOptions> options)
{
    private const int TokenBytes = 32;

    /// <summary>Makes a link's token for a role; the caller shows it, nobody can show it again.</summary>
    public Task<NewSignInLink> CreateAsync(string role, string actor, CancellationToken cancellationToken) =>
        gate.WriteAsync((session, token) => MakeAsync(session, role, personId: null, actor, token), cancellationToken);

    /// <summary>A link's token for a person who is there, in the transaction of what it is made for.</summary>
    public Task<NewSignInLink> AddAsync(WriteSession session, Person person, string role, string actor, CancellationToken cancellationToken) =>
        MakeAsync(session, role, person.Id, actor, cancellationToken);

    /// <summary>Makes a person's links worthless.</summary>
    public static Task WithdrawAsync(WriteSession session, Person person, CancellationToken cancellationToken) =>
        WithdrawAsync(session, session.Db.Set<SignInLink>().Where(l => l.PersonId == person.Id), cancellationToken);

    /// <summary>Whether a token can be used now; uses nothing up.</summary>
    public async Task<SignInLinkState> CheckAsync(string? token, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return StateOf(await FindAsync(db, token, cancellationToken), time.GetUtcNow());
    }

    /// <summary>Whose password a token sets; absent when it makes an account, and when it is not known.</summary>
    public async Task<Person?> FindPersonAsync(string? token, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, token, cancellationToken) is { PersonId: { } personId }
            ? await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == personId, cancellationToken)
            : null;
    }

    /// <summary>Sets the password of the link's person and uses the link up, both or neither. Sessions that the person has end.</summary>
    /// <returns>How the link stood, and the person as it is now; absent when nothing was set.</returns>
    public Task<(SignInLinkState State, Person? Person)> RedeemAsync(string? token, string passwordHash, CancellationToken cancellationToken) =>
        gate.WriteAsync<(SignInLinkState State, Person? Person)>(
            async (session, cancel) =>
            {
                var link = await FindAsync(session.Db, token, cancel);
                var state = link is { PersonId: null } ? SignInLinkState.Unknown : StateOf(link, session.Now);
                if (state != SignInLinkState.Usable)
                    return (state, null);
                link!.UsedTime = session.Now;
                var person = await session.Db.Set<Person>().SingleAsync(p => p.Id == link.PersonId, cancel);
                person.PasswordHash = passwordHash;
                person.SecurityStamp = Guid.NewGuid().ToString("N");
                person.AccessFailedCount = 0;
                person.LockoutEnd = null;
                await session.Db.SaveChangesAsync(cancel);
                await audit.AppendAsync(
                    session, new AuditEvent(person.AuditName, "person.set-password", $"person:{person.Id}", Detail("link", link.Id)), cancel);
                return (state, person);
            },
            cancellationToken);

    /// <summary>Makes the account and uses the link up, both or neither. The person comes validated, with its password hashed.</summary>
    public Task<SignInLinkState> RedeemAsync(string? token, Person person, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, cancel) =>
            {
                var link = await FindAsync(session.Db, token, cancel);
                var state = link is { PersonId: not null } ? SignInLinkState.Unknown : StateOf(link, session.Now);
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

    private async Task<NewSignInLink> MakeAsync(
        WriteSession session, string role, string? personId, string actor, CancellationToken cancellationToken)
    {
        await WithdrawAsync(
            session, session.Db.Set<SignInLink>().Where(l => l.PersonId == personId && (personId != null || l.Role == role)), cancellationToken);
        var secret = RandomNumberGenerator.GetBytes(TokenBytes);
        var link = new SignInLink
        {
            Id = NewId.At(session.Now),
            TokenHash = SHA256.HashData(secret),
            Role = role,
            PersonId = personId,
            CreatedTime = session.Now,
            ExpiryTime = session.Now + options.Value.SignInLinkLifetime,
        };
        session.Db.Add(link);
        await session.Db.SaveChangesAsync(cancellationToken);
        var detail = personId is null ? Detail("role", role) : Detail("person", personId);
        await audit.AppendAsync(session, new AuditEvent(actor, "sign-in-link.create", $"link:{link.Id}", detail), cancellationToken);
        return new NewSignInLink(Convert.ToHexStringLower(secret), link.ExpiryTime);
    }

    private static Task<int> WithdrawAsync(WriteSession session, IQueryable<SignInLink> which, CancellationToken cancellationToken) =>
        which.Where(l => l.UsedTime == null && l.WithdrawnTime == null)
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
