using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Readings.Services;
using HaiSoft.Agent.Services;
using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Agent.Spool;
using Microsoft.Extensions.Logging;
using Wire = HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Session;

/// <summary>
/// What the controller may ask for without a signature (DESIGN 3): a configuration of checks, a resync, a check, a plan; roots, catalogues
/// and orders are handed on, and are nobody's word but their signers'. Its configuration is kept, so that it also holds after a restart without a controller.
/// </summary>
internal sealed partial class ControllerWishes
{
    private const int MaximumServices = 200;
    private readonly ServiceCatalogue _catalogue;
    private readonly ServiceMonitor _monitor;
    private readonly ResyncSignal _resync;
    private readonly SeriesCatalogue _series;
    private readonly AgentFaults _faults;
    private readonly ILogger<ControllerWishes> _logger;
    private readonly KeptConfiguration _kept;
    private readonly TrustKeeper _trust;
    private readonly OperationsClient _operations;
    private readonly OrderKeeper _orders;

    public ControllerWishes(
        ServiceCatalogue catalogue,
        ServiceMonitor monitor,
        ResyncSignal resync,
        SeriesCatalogue series,
        AgentFaults faults,
        KeptConfiguration kept,
        TrustKeeper trust,
        OperationsClient operations,
        OrderKeeper orders,
        ILogger<ControllerWishes> logger)
    {
        _catalogue = catalogue;
        _monitor = monitor;
        _resync = resync;
        _series = series;
        _faults = faults;
        _logger = logger;
        _kept = kept;
        _trust = trust;
        _operations = operations;
        _orders = orders;
        if (kept.Read() is { } configuration)
        {
            Apply(configuration);
        }
    }

    /// <summary>The controller's configuration that the agent works by; 0 for none.</summary>
    public long ConfigurationVersion => _catalogue.ConfigurationVersion;

    /// <summary>Takes what the controller said.</summary>
    public void Take(Wire.ConnectResponse response, LinkSender sender)
    {
        switch (response.MessageCase)
        {
            case Wire.ConnectResponse.MessageOneofCase.Configuration:
                _kept.Keep(response.Configuration);
                Apply(response.Configuration);
                break;
            case Wire.ConnectResponse.MessageOneofCase.Resync:
                Log.Resync(_logger, response.Resync.Reason);
                _series.DeclareAgain();
                _faults.ReportAgain();
                _resync.Raise();
                break;
            case Wire.ConnectResponse.MessageOneofCase.Check:
                _ = AnswerAsync(response.Check, sender);
                break;
            case Wire.ConnectResponse.MessageOneofCase.Trust:
                _trust.Take(response.Trust);
                break;
            case Wire.ConnectResponse.MessageOneofCase.Plan:
                _ = AnswerAsync(response.Plan, sender);
                break;
            case Wire.ConnectResponse.MessageOneofCase.Order:
                _orders.Take(response.Order);
                break;
            case Wire.ConnectResponse.MessageOneofCase.CancelOrder:
                _orders.Take(response.CancelOrder);
                break;
            default:
                Log.Unknown(_logger);
                break;
        }
    }

    private async Task AnswerAsync(Wire.CheckRequest request, LinkSender sender)
    {
        ServiceCheck? check = await _monitor.CheckNowAsync(request.ServiceId, CancellationToken.None);
        sender.Answer(new Wire.CheckAnswer
        {
            RequestId = request.RequestId,
            Check = check is null ? null : ServicesMapping.ToMessage(check),
        });
    }

    private async Task AnswerAsync(Wire.PlanRequest request, LinkSender sender) =>
        sender.Answer(await _operations.PlanAsync(request, CancellationToken.None));

    private void Apply(Wire.Configuration configuration)
    {
        List<ServiceDefinition> services = [];
        List<string> refusals = [];
        foreach (Wire.ServiceDefinition message in configuration.Services)
        {
            string? fault = ServicesMapping.FromMessage(message, out string unknown) is { } service
                ? ServiceValidation.FindFault(service)
                : unknown;
            if (fault is null && services.Count < MaximumServices)
            {
                services.Add(ServicesMapping.FromMessage(message, out _)!);
            }
            else
            {
                refusals.Add($"service '{Wording.Bound(message.ServiceId)}': {fault ?? "there are too many"}");
            }
        }

        TimeSpan? interval = configuration.ServiceInterval?.ToTimeSpan();
        if (interval is { } asked && (asked < ServicesOptions.ShortestInterval || asked > ServicesOptions.LongestInterval))
        {
            refusals.Add("service_interval: it should be 1 to 15 minutes (DOMAIN 4.1)");
            interval = null;
        }

        _catalogue.Take(configuration.Version, interval, services);
        _monitor.Hurry();
        if (refusals.Count > 0)
        {
            string told = $"The controller's configuration {configuration.Version} was taken without: {string.Join("; ", refusals)}";
            Log.Refused(_logger, told);
            _faults.Raise(AgentPart.Configuration, told);
        }
        else
        {
            Log.Applied(_logger, configuration.Version);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4101, LogLevel.Information, "The controller's configuration {Version} holds.")]
        public static partial void Applied(ILogger logger, long version);

        [LoggerMessage(4102, LogLevel.Warning, "{Refusals}")]
        public static partial void Refused(ILogger logger, string refusals);

        [LoggerMessage(4104, LogLevel.Information, "The controller asks for the whole state again ({Reason}).")]
        public static partial void Resync(ILogger logger, Wire.ResyncReason reason);

        [LoggerMessage(4105, LogLevel.Warning, "The controller said something that this agent does not know; it is ignored.")]
        public static partial void Unknown(ILogger logger);
    }
}
