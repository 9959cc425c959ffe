namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>How far an order is when processes are killed, in their order.</summary>
internal enum Depth
{
    /// <summary>Recorded; what it is judged by is being read.</summary>
    Received,

    /// <summary>Judged; its plan is being read.</summary>
    Verified,

    /// <summary>Its files are laid down; the intent is half written.</summary>
    Fetched,

    /// <summary>About to be started.</summary>
    Intent,

    /// <summary>Marked as started; nothing is looked at yet.</summary>
    Begun,

    /// <summary>dnf waits for the package manager's lock.</summary>
    BeforeTransaction,

    /// <summary>In the new version's %pre.</summary>
    Pre,

    /// <summary>In the new version's %post: both are in the database.</summary>
    Post,

    /// <summary>In the new version's %posttrans: the old one is gone.</summary>
    PostTransaction,

    /// <summary>dnf has done all; its end is not recorded.</summary>
    Transacted,

    /// <summary>dnf has ended; the end is not inspected.</summary>
    Ended,
}

/// <summary>Who is killed.</summary>
internal enum Victim
{
    /// <summary>The job that takes orders.</summary>
    Job,

    /// <summary>The helper's process that carries the order out.</summary>
    CarryOut,

    /// <summary>The process in which dnf works.</summary>
    Dnf,

    /// <summary>All of them.</summary>
    Everyone,
}
