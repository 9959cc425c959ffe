namespace HaiSoft.Controller.Ingest;

/// <summary>When each of so many streams is told that the controller stops: evenly, and sooner when they are few.</summary>
/// <param name="Count">Streams.</param>
/// <param name="Longest">What it may take at most.</param>
/// <param name="ReconnectWithin">Within what time agents come back once the controller has stopped.</param>
internal readonly record struct DrainPlan(int Count, TimeSpan Longest, TimeSpan ReconnectWithin)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    /// <summary>What it takes.</summary>
    public TimeSpan Length => Pace * Count < Longest ? Pace * Count : Longest;

    /// <summary>When a stream is told, from the beginning.</summary>
    /// <param name="index">From 0.</param>
    public TimeSpan OffsetOf(int index) => Length * ((double)index / Count);

    /// <summary>Within what time its agent shall come back: those that are told first wait for the others too.</summary>
    /// <param name="index">From 0.</param>
    public TimeSpan HintFor(int index) => Length - OffsetOf(index) + ReconnectWithin;
}
