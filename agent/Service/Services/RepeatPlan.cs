using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>
/// Which checks are repeated before the next round, so that the controller can confirm what they showed within 30 s
/// (DOMAIN 4.6): a failed one twice, a recovered one once.
/// </summary>
internal sealed class RepeatPlan(TimeSpan repeatAfter, TimeProvider time)
{
    private const int RepeatsOfFailure = 2;
    private readonly Dictionary<string, Course> _courses = new(StringComparer.Ordinal);

    /// <summary>Takes a check's outcome.</summary>
    /// <returns>True when it shows a change, or repeats one: worth to be reported at once.</returns>
    public bool Take(ServiceCheck check)
    {
        bool failed = CheckChange.LooksFailed(check.Seen);
        bool known = _courses.TryGetValue(check.Service.ServiceId, out Course? course);
        bool changed = known && CheckChange.IsChange(course!.Seen, check.Seen);
        bool turned = known ? failed != CheckChange.LooksFailed(course!.Seen) : failed;
        int left = turned || (changed && failed) ? (failed ? RepeatsOfFailure : 1) : Math.Max(0, (course?.Left ?? 0) - 1);
        bool repeats = course is { Left: > 0 };
        _courses[check.Service.ServiceId] = new Course(check.Seen, left, time.GetTimestamp());
        return turned || changed || repeats;
    }

    /// <summary>The services that are due to be checked again.</summary>
    public List<string> TakeDue()
    {
        List<string> due = [];
        foreach ((string serviceId, Course course) in _courses)
        {
            if (course.Left > 0 && WaitFor(course) <= TimeSpan.Zero)
            {
                due.Add(serviceId);
            }
        }

        return due;
    }

    /// <summary>How long until the next one is due; <c>null</c> when none is.</summary>
    public TimeSpan? NextDue()
    {
        TimeSpan? next = null;
        foreach (Course course in _courses.Values)
        {
            if (course.Left > 0 && (next is null || WaitFor(course) < next))
            {
                next = WaitFor(course);
            }
        }

        return next;
    }

    /// <summary>Forgets services that are not checked any more.</summary>
    public void Keep(IReadOnlySet<string> serviceIds)
    {
        foreach (string serviceId in _courses.Keys)
        {
            if (!serviceIds.Contains(serviceId))
            {
                _courses.Remove(serviceId);
            }
        }
    }

    private TimeSpan WaitFor(Course course) => repeatAfter - time.GetElapsedTime(course.Stamp);

    private sealed record Course(CheckSeen Seen, int Left, long Stamp);
}
