namespace HaiSoft.Controller.Records;

/// <summary>What the controller sets on a server's agent.</summary>
/// <param name="Version">Rises with every change; 0 while nobody set anything.</param>
/// <param name="Interval">How often main services are checked (SLA 4.1); absent: the agent's own configuration.</param>
/// <param name="Services">Services besides those that the agent finds by itself.</param>
public sealed record CheckPlan(long Version, TimeSpan? Interval, IReadOnlyList<AddedService> Services)
{
    /// <summary>What holds while nobody set anything.</summary>
    public static readonly CheckPlan Unset = new(0, null, []);
}

/// <summary>A change that a technician asks for.</summary>
/// <param name="Add">Services to add; those of the same id are replaced.</param>
/// <param name="Remove">Ids of added services to remove.</param>
/// <param name="Interval">1 to 15 minutes; absent: unchanged.</param>
public sealed record CheckPlanChange(IReadOnlyList<AddedService> Add, IReadOnlyList<string> Remove, TimeSpan? Interval)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private const int Most = 200;

    /// <summary>Nothing is asked to change: the plan is only to be shown.</summary>
    internal bool IsEmpty => Add.Count == 0 && Remove.Count == 0 && Interval is null;

    /// <summary>The plan after the change, or every fault of it.</summary>
    internal (CheckPlan? Plan, IReadOnlyList<string> Faults) ApplyTo(CheckPlan plan)
    {
        Dictionary<string, AddedService> services = plan.Services.ToDictionary(service => service.ServiceId);
        List<string> faults = [.. Add.SelectMany(service => service.Faults())];
        foreach (string id in Remove.Where(id => !services.Remove(id)))
            faults.Add($"the service '{id}' was not added by a technician: only added ones can be removed (see haisoftctl checks list)");
        foreach (AddedService service in Add)
            services[service.ServiceId] = service;
        if (services.Count > Most)
            faults.Add($"a server may have at most {Most} added services");
        if (Interval < Shortest || Interval > Longest)
            faults.Add($"the interval {Interval} is not allowed: choose 1 to 15 minutes");
        return faults.Count > 0 ? (null, faults) : (new(plan.Version + 1, Interval ?? plan.Interval, [.. services.Values]), []);
    }
}

/// <summary>How a change ended.</summary>
public abstract record CheckPlanChanged
{
    private CheckPlanChanged()
    {
    }

    /// <summary>It holds from now on.</summary>
    public sealed record Done(CheckPlan Plan) : CheckPlanChanged;

    /// <summary>There is no such server.</summary>
    public sealed record NoServer : CheckPlanChanged;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<string> Faults) : CheckPlanChanged;
}
