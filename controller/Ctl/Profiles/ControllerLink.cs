using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Profiles;

/// <summary>The controller of a profile, signed in.</summary>
internal sealed class ControllerLink : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);
    private readonly PinnedController _pinned;
    private readonly GrpcChannel _channel;
    private readonly TimeProvider _time;

    public ControllerLink(Profile profile, TimeProvider time)
    {
        _time = time;
        Address = profile.Address;
        _pinned = new PinnedController(profile.CaSha256);
        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = ConnectTimeout,
            UseProxy = false,
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            SslOptions = { RemoteCertificateValidationCallback = _pinned.Accept },
        };
        _channel = GrpcChannel.ForAddress(profile.Address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        CallInvoker signedIn = _channel.CreateCallInvoker().Intercept(metadata =>
        {
            metadata.Add("authorization", $"Bearer {profile.Token}");
            return metadata;
        });
        Records = new(signedIn);
        Incidents = new(signedIn);
        Catalogues = new(signedIn);
        Operations = new(signedIn);
        Rollouts = new(signedIn);
        People = new(signedIn);
        Requests = new(signedIn);
    }

    public string Address { get; }

    public RecordsService.RecordsServiceClient Records { get; }

    public IncidentService.IncidentServiceClient Incidents { get; }

    public CatalogueService.CatalogueServiceClient Catalogues { get; }

    public OperationService.OperationServiceClient Operations { get; }

    public RolloutService.RolloutServiceClient Rollouts { get; }

    public PeopleService.PeopleServiceClient People { get; }

    public RequestsService.RequestsServiceClient Requests { get; }

    /// <summary>Options of a call that must be answered soon.</summary>
    public CallOptions Soon(CancellationToken cancellationToken) => Within(CallTimeout, cancellationToken);

    /// <summary>Options of a call that must be answered within a time.</summary>
    public CallOptions Within(TimeSpan limit, CancellationToken cancellationToken) =>
        new(deadline: (_time.GetUtcNow() + limit).UtcDateTime, cancellationToken: cancellationToken);

    public void Dispose() => _channel.Dispose();

    /// <summary>A failed call in words, with what to end with.</summary>
    public CtlException Explain(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.NotFound => new(ExitCode.NotFound, failure.Status.Detail, failure),
        StatusCode.InvalidArgument => new(ExitCode.Usage, failure.Status.Detail, failure),
        StatusCode.AlreadyExists or StatusCode.FailedPrecondition => new(ExitCode.Refused, failure.Status.Detail, failure),
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => new(ExitCode.NotSignedIn, failure.Status.Detail, failure),
        StatusCode.Unavailable or StatusCode.DeadlineExceeded => new(ExitCode.Unreachable, Unreachable(failure), failure),
        _ => new(ExitCode.Failed, $"The controller at {Address} failed: {failure.Status.Detail} ({failure.StatusCode}).", failure),
    };

    private string Unreachable(RpcException failure) => _pinned.Fault.Length > 0
        ? $"The controller at {Address} is not trusted: {_pinned.Fault}."
        : $"The controller at {Address} cannot be reached: {failure.Status.Detail} Is it running, and is the address right?";
}
