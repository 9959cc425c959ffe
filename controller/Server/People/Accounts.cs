using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.People;

/// <summary>
/// Adds people, makes their one-time links, and takes their access away. Each step is one transaction: account, link and audit. Who is
/// added has no password: the link lets them choose it.
/// </summary>
internal sealed class Accounts(WriteGate gate, AuditLog audit, SignInLinks links, IDbContextFactory<ControllerDbContext> contexts)
{
    /// <summary>Adds somebody, and makes the link by which they come in. Somebody who was disabled is let in again, in the same role only.</summary>
    public Task<AccountStep> AddAsync(AccountDraft draft, AccountKeeper by, CancellationToken cancellationToken) =>
        gate.WriteAsync<AccountStep>(
            async (session, token) =>
            {
                var key = AccountDraft.KeyOf(draft.Name);
                var known = await session.Db.Set<Person>().SingleOrDefaultAsync(p => p.NormalizedUserName == key, token);
                var customerKey = RecordName.KeyOf(draft.Customer);
                var customer = await session.Db.Set<CustomerRow>().SingleOrDefaultAsync(c => c.NameKey == customerKey, token);
                var again = known is { DisabledTime: not null }
                    && known.CustomerId == customer?.CustomerId
                    && (await AccountOfAsync(session.Db, known, token)).Role == draft.Role;
                AccountFault[] faults =
                [
                    .. draft.Faults(),
                    .. by.Reaches(draft.Role) ? Array.Empty<AccountFault>() : [AccountFault.OutOfReach],
                    .. known is null || again ? Array.Empty<AccountFault>() : [AccountFault.Taken(draft.Name)],
                    .. customer is not null || draft.Customer.Length == 0 ? Array.Empty<AccountFault>() : [AccountFault.NoCustomer(draft.Customer)],
                ];
                if (faults.Length > 0)
                    return new AccountStep.Refused(faults);
                return await LetInAsync(session, known ?? Add(session, draft, customer), draft.Role, by, token);
            },
            cancellationToken);

    /// <summary>A new link for somebody: the first was lost, or the password is. The password holds until the link is used.</summary>
    public Task<AccountStep> MakeLinkAsync(string name, AccountKeeper by, CancellationToken cancellationToken) =>
        ChangeAsync(
            name,
            by,
            async (session, person, account, token) =>
            {
                if (account.State == AccountState.Disabled)
                    return new AccountStep.Refused([AccountFault.Disabled]);
                return new AccountStep.Done(account, await links.AddAsync(session, person, account.Role, by.AuditName, token));
            },
            cancellationToken);

    /// <summary>Takes somebody's access away: no sign-in from now on, and their sessions end within a minute.</summary>
    public Task<AccountStep> DisableAsync(string name, AccountKeeper by, CancellationToken cancellationToken) =>
        ChangeAsync(
            name,
            by,
            async (session, person, account, token) =>
            {
                if (person.Id == by.PersonId)
                    return new AccountStep.Refused([AccountFault.OwnAccount]);
                if (person.DisabledTime is not null)
                    return new AccountStep.Done(account, null);
                person.DisabledTime = session.Now;
                person.SecurityStamp = Guid.NewGuid().ToString("N");
                await SignInLinks.WithdrawAsync(session, person, token);
                await session.Db.SaveChangesAsync(token);
                await audit.AppendAsync(session, new AuditEvent(by.AuditName, "person.disable", $"person:{person.Id}"), token);
                return new AccountStep.Done(account with { State = AccountState.Disabled }, null);
            },
            cancellationToken);

    /// <summary>Everybody, the company's people first, then by customer and name.</summary>
    public async Task<IReadOnlyList<PersonAccount>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var people = await db.Set<Person>().AsNoTracking().ToListAsync(cancellationToken);
        var roles = (await db.Set<IdentityUserRole<string>>().AsNoTracking().ToListAsync(cancellationToken)).ToLookup(r => r.UserId, r => r.RoleId);
        HashSet<string> withPasskey = [.. await db.Set<PersonPasskey>().Select(p => p.UserId).Distinct().ToListAsync(cancellationToken)];
        var customers = await db.Set<CustomerRow>().ToDictionaryAsync(c => c.CustomerId, c => c.Name, cancellationToken);
        return
        [
            .. people
                .Select(p => View(p, roles[p.Id], p.CustomerId is { } id ? customers[id] : "", withPasskey.Contains(p.Id)))
                .OrderBy(a => a.Customer, StringComparer.OrdinalIgnoreCase)
                .ThenBy(a => a.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static Person Add(WriteSession session, AccountDraft draft, CustomerRow? customer)
    {
        var person = new Person
        {
            UserName = draft.Name,
            NormalizedUserName = AccountDraft.KeyOf(draft.Name),
            LockoutEnabled = true,
            CustomerId = customer?.CustomerId,
            CreatedTime = session.Now,
        };
        session.Db.Add(person);
        // Approvers are technicians too.
        foreach (var role in draft.Role == Roles.Customer ? [Roles.Customer] : new[] { Roles.Technician, draft.Role }.Distinct())
            session.Db.Add(new IdentityUserRole<string> { UserId = person.Id, RoleId = role });
        return person;
    }

    private static async Task<PersonAccount> AccountOfAsync(ControllerDbContext db, Person person, CancellationToken cancellationToken)
    {
        var roles = await db.Set<IdentityUserRole<string>>().Where(r => r.UserId == person.Id).Select(r => r.RoleId).ToListAsync(cancellationToken);
        var customer = person.CustomerId is null
            ? ""
            : await db.Set<CustomerRow>().Where(c => c.CustomerId == person.CustomerId).Select(c => c.Name).SingleAsync(cancellationToken);
        return View(person, roles, customer, await db.Set<PersonPasskey>().AnyAsync(p => p.UserId == person.Id, cancellationToken));
    }

    private static PersonAccount View(Person person, IEnumerable<string> roles, string customer, bool hasPasskey)
    {
        var held = roles.ToHashSet();
        var state = person switch
        {
            { DisabledTime: not null } => AccountState.Disabled,
            { PasswordHash: null } => AccountState.Invited,
            _ => AccountState.Active,
        };
        var highest = new[] { Roles.Administrator, Roles.Approver, Roles.Technician, Roles.Customer }.First(held.Contains);
        return new PersonAccount(person.Id, person.UserName!, highest, customer, state, person.TwoFactorEnabled || hasPasskey, person.CreatedTime);
    }

    private async Task<AccountStep> LetInAsync(WriteSession session, Person person, string role, AccountKeeper by, CancellationToken cancellationToken)
    {
        person.DisabledTime = null;
        person.PasswordHash = null;
        person.SecurityStamp = Guid.NewGuid().ToString("N");
        await session.Db.SaveChangesAsync(cancellationToken);
        var detail = new Dictionary<string, string> { ["role"] = role, ["customer"] = person.CustomerId ?? "" };
        await audit.AppendAsync(session, new AuditEvent(by.AuditName, "person.add", $"person:{person.Id}", detail), cancellationToken);
        var link = await links.AddAsync(session, person, role, by.AuditName, cancellationToken);
        return new AccountStep.Done(await AccountOfAsync(session.Db, person, cancellationToken), link);
    }

    private Task<AccountStep> ChangeAsync(
        string name,
        AccountKeeper by,
        Func<WriteSession, Person, PersonAccount, CancellationToken, Task<AccountStep>> change,
        CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, token) =>
            {
                var key = AccountDraft.KeyOf(name);
                if (await session.Db.Set<Person>().SingleOrDefaultAsync(p => p.NormalizedUserName == key, token) is not { } person)
                    return new AccountStep.NotFound(name);
                var account = await AccountOfAsync(session.Db, person, token);
                return by.Reaches(account.Role)
                    ? await change(session, person, account, token)
                    : new AccountStep.Refused([AccountFault.OutOfReach]);
            },
            cancellationToken);
}
