namespace HaiSoft.Controller.Incidents;

/// <summary>How a technician's step on an incident ended.</summary>
public abstract record IncidentStep
{
    private IncidentStep()
    {
    }

    /// <summary>It is written down.</summary>
    /// <param name="Incident">The incident after the step.</param>
    public sealed record Done(IncidentView Incident) : IncidentStep;

    /// <summary>There is no incident of this number.</summary>
    /// <param name="Number">The number.</param>
    public sealed record NotFound(long Number) : IncidentStep;

    /// <summary>The incident's state does not allow it, or what was given does not do.</summary>
    /// <param name="Reason">Why, and what would be allowed.</param>
    public sealed record Refused(string Reason) : IncidentStep;
}
