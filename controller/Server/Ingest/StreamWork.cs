using Grpc.Core;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>Something that the writer does for one stream. The works of a stream are done in order, those of several in one transaction.</summary>
internal abstract class StreamWork(AgentStream stream)
{
    public AgentStream Stream { get; } = stream;

    /// <summary>The next of the same stream.</summary>
    public StreamWork? Next { get; set; }

    /// <summary>What it counts for in a batch.</summary>
    public virtual int Weight => 1;

    /// <summary>What came before it on the stream could not be stored: neither can it be, and it is given up.</summary>
    public virtual bool FollowsLost => false;

    /// <summary>It does not stand behind what other streams have waiting: a fault, a Hello.</summary>
    public virtual bool GoesFirst => true;

    /// <summary>Does it in the batch's transaction.</summary>
    public abstract Task ApplyAsync(WriteSession session, CancellationToken cancellationToken);

    /// <summary>It is durable. Must not throw or block.</summary>
    public abstract void Tell();

    /// <summary>What is tried in its place, alone, after it could not be stored though the store works; nothing when that is all.</summary>
    public virtual IReadOnlyList<StreamWork> AfterRefusal(Exception refusal) => [];

    /// <summary>It could not be done, and will not be tried again.</summary>
    public virtual void GiveUp(Exception reason) =>
        Stream.End(new(StatusCode.Internal, "The controller could not store what the agent sent; its log says why. Dial again."));
}
