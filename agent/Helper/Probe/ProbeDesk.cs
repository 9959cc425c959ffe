using HaiSoft.Agent.Helper.Listening;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Helper.Probe;

/// <summary>Takes requests to read a source: fixed ones, and each source once at a time.</summary>
internal sealed class ProbeDesk(ToolPaths paths, ToolLimits limits, TimeProvider time) : IRequestDesk
{
    private readonly SemaphoreSlim _smart = new(1, 1);
    private readonly SemaphoreSlim _dmi = new(1, 1);
    private readonly ToolRunner _runner = new(limits, time);

    /// <summary>It only names a verb and a source.</summary>
    public int MaximumRequestBytes => 4096;

    public Task<HelperResponse> AnswerAsync(HelperRequest request, CancellationToken cancellationToken) =>
        request.VerbCase == HelperRequest.VerbOneofCase.Probe
            ? AnswerAsync(request.Probe.Source, cancellationToken)
            : Task.FromResult(Refuse(RefusalReason.UnknownVerb));

    public async Task<HelperResponse> AnswerAsync(ProbeSource source, CancellationToken cancellationToken) => source switch
    {
        ProbeSource.Smart => await OnceAsync(_smart, source, () => new SmartProbe(paths, _runner, limits, time).RunAsync(cancellationToken)),
        ProbeSource.Dmi => await OnceAsync(_dmi, source, async () => [await _runner.RunAsync("dmidecode", paths.Dmidecode, "", ["-t", "0,1,2,17"], cancellationToken)]),
        _ => Refuse(RefusalReason.UnknownVerb),
    };

    public static HelperResponse Refuse(RefusalReason reason) => new() { Refusal = new Refusal { Reason = reason } };

    public void Dispose()
    {
        _smart.Dispose();
        _dmi.Dispose();
    }

    private static async Task<HelperResponse> OnceAsync(SemaphoreSlim turn, ProbeSource source, Func<Task<IReadOnlyList<ToolRun>>> read)
    {
        if (!await turn.WaitAsync(TimeSpan.Zero, CancellationToken.None))
            return Refuse(RefusalReason.Busy);
        try
        {
            return new HelperResponse { Probe = new ProbeAnswer { Source = source, Runs = { await read() } } };
        }
        finally
        {
            turn.Release();
        }
    }
}
