namespace HaiSoft.Controller.Storage;

/// <summary>How one turn at the writer went.</summary>
/// <param name="Waited">For the turn.</param>
/// <param name="Held">With the turn, the commit included.</param>
/// <param name="Committing">The commit alone, until it was on stable storage; absent when it was not reached.</param>
/// <param name="Fault">What was thrown; absent when it was committed.</param>
internal readonly record struct WriteTold(TimeSpan Waited, TimeSpan Held, TimeSpan? Committing, Exception? Fault);
