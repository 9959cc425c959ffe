using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Helper.Listening;

/// <summary>Answers what one job of the helper is asked.</summary>
internal interface IRequestDesk : IDisposable
{
    /// <summary>The longest request that it looks at, bytes.</summary>
    int MaximumRequestBytes { get; }

    /// <summary>Answers one request; of what it does not serve, that it does not.</summary>
    Task<HelperResponse> AnswerAsync(HelperRequest request, CancellationToken cancellationToken);
}
