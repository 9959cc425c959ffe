using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Spool;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Agent.Operations;

/// <summary>
/// Hands roots and catalogues on to the helper, and reports what it holds: at start, on a resync, and at every change or refusal. An
/// offer that the helper did not get is made again until it answers; a later one takes its place.
/// </summary>
internal sealed partial class TrustKeeper(OperationsClient helper, AgentClock clock, Outbox outbox, ResyncSignal resync, ILogger<TrustKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);

    // An administrator may lay down a catalogue, or the fingerprint, by hand.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(15);

    private readonly ChangeSignal _wake = new(clock.Time);
    private TrustOffer? _offer;
    private TrustReport? _reported;
    private bool _isDown;

    /// <summary>What the helper told last; <c>null</c> before it told anything.</summary>
    public TrustReport? Latest { get; private set; }

    /// <summary>Takes an offer of the controller's; soon, not now.</summary>
    public void Take(TrustOffer offer)
    {
        Interlocked.Exchange(ref _offer, offer);
        _wake.Raise();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                Task again = resync.Next;
                TimeSpan pause = await TurnAsync(stoppingToken) ? LookInterval : AskAgain;
                await WaitAsync(pause, again, stoppingToken);
                stoppingToken.ThrowIfCancellationRequested();
                if (again.IsCompleted)
                {
                    _reported = null;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The daemon ends.
        }
    }

    private async Task WaitAsync(TimeSpan pause, Task again, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_wake.WaitAsync(pause, over.Token), again);
        await over.CancelAsync();
    }

    private async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        TrustOffer? offer = Volatile.Read(ref _offer);
        switch (offer is null ? await helper.ReadAsync(cancellationToken) : await helper.OfferAsync(offer, cancellationToken))
        {
            case Measured<TrustReport> { Value: var trust }:
                Interlocked.CompareExchange(ref _offer, null, offer);
                Tell(trust, isAnswer: offer is not null);
                return true;
            case Unavailable<TrustReport> { Why.Detail: var why } when !_isDown:
                Log.HelperDown(logger, why);
                _isDown = true;
                return false;
            default:
                return false;
        }
    }

    private void Tell(TrustReport trust, bool isAnswer)
    {
        _isDown = false;
        if (!isAnswer && Latest is { } before && trust.Pinned && trust.RootVersion == before.RootVersion && trust.CatalogueHash.Equals(before.CatalogueHash))
        {
            // Only an offer is refused: what is read afterwards, and is still the same, does not undo that.
            trust.Refusal = before.Refusal;
            trust.RefusalDetail = before.RefusalDetail;
        }

        Latest = trust;
        if (trust.Equals(_reported))
        {
            return;
        }

        _reported = trust;
        Log.Holds(logger, trust.RootVersion, trust.CatalogueVersion, trust.RefusalDetail);
        outbox.Submit(new TrustObserved(clock.Now(), trust), Priority.Urgent);
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Information, "The helper holds root {Root} and catalogue {Catalogue} (0: none). {Refusal}")]
        public static partial void Holds(ILogger logger, long root, long catalogue, string refusal);

        [LoggerMessage(6002, LogLevel.Warning, "Nothing is known of root and catalogue; asking again every 30 s: {Reason}")]
        public static partial void HelperDown(ILogger logger, string reason);
    }
}
