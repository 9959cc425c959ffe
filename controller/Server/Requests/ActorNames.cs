using HaiSoft.Controller.Identity;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Requests;

/// <summary>The names of those who took steps: they lie with the people, not with the steps.</summary>
internal sealed class ActorNames
{
    private readonly Dictionary<string, Person> _people;
    private readonly Dictionary<string, string> _tokens;

    private ActorNames(Dictionary<string, Person> people, Dictionary<string, string> tokens)
    {
        _people = people;
        _tokens = tokens;
    }

    public static async Task<ActorNames> ReadAsync(ControllerDbContext db, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        string[] people = [.. ids.Select(RequestActor.PersonOf).OfType<string>().Distinct()];
        List<TechnicianTokenRow> tokens = await db.Set<TechnicianTokenRow>().AsNoTracking().ToListAsync(cancellationToken);
        return new(
            await db.Set<Person>().AsNoTracking().Where(person => people.Contains(person.Id)).ToDictionaryAsync(person => person.Id, cancellationToken),
            tokens.ToDictionary(token => TechnicianTokens.IdOf(token.TokenHash), token => token.Name));
    }

    /// <summary>The name of who did it; the id where nobody of it is known any more.</summary>
    public string Of(string id) => PersonOf(id)?.UserName ?? _tokens.GetValueOrDefault(id, id);

    /// <summary>It was somebody of a customer.</summary>
    public bool IsCustomers(string id) => PersonOf(id) is { CustomerId: not null };

    private Person? PersonOf(string id) => RequestActor.PersonOf(id) is { } personId ? _people.GetValueOrDefault(personId) : null;
}
