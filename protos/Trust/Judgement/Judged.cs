namespace HaiSoft.Protocol.Trust.Judgement;

/// <summary>What was accepted, or why it was not.</summary>
public sealed class Judged<T>
    where T : class
{
    private readonly T? _accepted;

    private Judged(T? accepted, Refused? refusal)
    {
        _accepted = accepted;
        Refusal = refusal;
    }

    /// <summary>Why it was not accepted; null when it was.</summary>
    public Refused? Refusal { get; }

    /// <summary>What was accepted.</summary>
    /// <exception cref="InvalidOperationException">Nothing was: look at <see cref="Refusal"/> first.</exception>
    public T Accepted => _accepted ?? throw new InvalidOperationException($"Refused ({Refusal?.Reason}): {Refusal?.Words}");

    public static implicit operator Judged<T>(T accepted) => new(accepted, refusal: null);

    public static implicit operator Judged<T>(Refused refusal) => new(accepted: null, refusal);
}
