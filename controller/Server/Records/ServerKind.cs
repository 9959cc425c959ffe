namespace HaiSoft.Controller.Records;

/// <summary>Dedicated or virtual: a fact of the record, never guessed (SLA 4.5). Stored by number: never change one, only add.</summary>
public enum ServerKind
{
    /// <summary>A machine of the customer's own: its parts are replaced (SLA 4.2).</summary>
    Dedicated = 1,

    /// <summary>A guest on one of the company's hosts; it has no parts of its own.</summary>
    Virtual = 2,
}
