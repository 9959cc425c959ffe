using System.Net.Mail;

namespace HaiSoft.Controller.Records;

/// <summary>A customer's record, as given.</summary>
/// <param name="Name">Unique; 1 to 100 characters.</param>
/// <param name="Email">For tickets and notices.</param>
/// <param name="Line">Where it stood in a file.</param>
public sealed record CustomerDraft(string Name, string Email, int? Line = null)
{
    /// <summary>Every fault of the record taken by itself.</summary>
    internal IEnumerable<RecordFault> Faults()
    {
        if (!RecordName.IsCustomerName(Name))
            yield return Invalid($"the customer's name '{Name}' must have 1 to 100 printable characters and no space at its ends");
        if (Email.Length > 254 || !MailAddress.TryCreate(Email, out MailAddress? address) || address.Address != Email)
            yield return Invalid($"'{Email}' is not an e-mail address: write it as name@domain.example");
    }

    private RecordFault Invalid(string text) => new(RecordFaultKind.Invalid, text, Line);
}
