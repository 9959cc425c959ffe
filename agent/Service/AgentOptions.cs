using HaiSoft.Agent.Configuration;
using HaiSoft.Agent.Hardware;
using HaiSoft.Agent.Inventory;
using HaiSoft.Agent.Measurements;
using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Services;
using HaiSoft.Agent.Spool;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Agent;

/// <summary>All options of the daemon, each feature's own beside it.</summary>
/// <param name="HelperSocket">Where the privileged helper listens.</param>
/// <param name="PlanSocket">Where the helper that keeps the catalogue and makes plans listens.</param>
/// <param name="RunSocket">Where the helper that takes orders listens.</param>
/// <param name="LogLevel">What is logged, and what is worse.</param>
/// <param name="Spool">The outbox.</param>
/// <param name="Services">The checks of services.</param>
/// <param name="Hardware">The hardware sensors.</param>
/// <param name="Measurements">The numbers.</param>
/// <param name="Inventory">What the server is made of.</param>
internal sealed record AgentOptions(
    string HelperSocket,
    string PlanSocket,
    string RunSocket,
    LogLevel LogLevel,
    SpoolOptions Spool,
    ServicesOptions Services,
    HardwareOptions Hardware,
    MeasurementsOptions Measurements,
    InventoryOptions Inventory)
{
    /// <summary>Where the configuration is by default.</summary>
    public const string DefaultPath = "/etc/haisoft/agent.json";

    /// <summary>Reads all options; everything that is wrong, unknown names included, is noted together.</summary>
    public static AgentOptions Read(ConfigurationSection root)
    {
        AgentOptions options = new(
            root.AbsolutePath("helperSocket", "/run/haisoft/helper.sock"),
            root.AbsolutePath("planSocket", OperationsClient.DefaultSocket),
            root.AbsolutePath("runSocket", OrdersClient.DefaultSocket),
            root.Choice("logLevel", LogLevel.Information),
            SpoolOptions.Read(root.Section("spool")),
            ServicesOptions.Read(root.Section("services")),
            HardwareOptions.Read(root.Section("hardware")),
            MeasurementsOptions.Read(root.Section("measurements")),
            InventoryOptions.Read(root.Section("inventory")));
        root.RefuseUnknown();
        return options;
    }
}
