namespace HaiSoft.Controller.Orders;

/// <summary>Where a rollout is in its life. Stored by number: never change one, only add.</summary>
internal enum RolloutState
{
    /// <summary>Orders of its wave go to their servers as they are approved.</summary>
    UnderWay = 1,

    /// <summary>An operation did not succeed: no order goes to its server before a technician has decided.</summary>
    Held = 2,

    /// <summary>Every server's operation has succeeded, but those of servers that were left out. Nothing follows.</summary>
    Finished = 3,

    /// <summary>A technician ended it. Nothing follows.</summary>
    Cancelled = 4,

    /// <summary>Its window was over before it was finished. Nothing follows.</summary>
    WindowOver = 5,
}

/// <summary>A step in the life of a rollout. Stored by number: never change one, only add.</summary>
internal enum RolloutStep
{
    /// <summary>It was started. The first step, and only that.</summary>
    Start = 1,

    /// <summary>Everything of the waves before has succeeded: the next one's turn.</summary>
    BeginWave = 2,

    /// <summary>Something did not succeed.</summary>
    Hold = 3,

    /// <summary>A server is left out.</summary>
    LeaveOut = 4,

    /// <summary>A technician had it go on.</summary>
    Resume = 5,

    /// <summary>A technician ended it.</summary>
    Cancel = 6,

    /// <summary>Nothing is left to do.</summary>
    Finish = 7,

    /// <summary>Its window was over.</summary>
    RunOut = 8,
}
