namespace HaiSoft.Controller.Records;

/// <summary>Something that keeps a record from being added.</summary>
/// <param name="Kind">What sort of fault.</param>
/// <param name="Text">What is wrong, and what to write instead.</param>
/// <param name="Line">The line of the file, from 1; absent when the record came alone.</param>
public sealed record RecordFault(RecordFaultKind Kind, string Text, int? Line = null)
{
    /// <inheritdoc/>
    public override string ToString() => Line is { } line ? $"line {line}: {Text}" : Text;
}

/// <summary>Sorts of faults.</summary>
public enum RecordFaultKind
{
    /// <summary>What was given is not usable.</summary>
    Invalid,

    /// <summary>It names a record that does not exist.</summary>
    Missing,

    /// <summary>A record of this name exists already.</summary>
    Taken,
}
