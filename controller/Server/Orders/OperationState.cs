namespace HaiSoft.Controller.Orders;

/// <summary>Where an operation is in its life. Stored by number: never change one, only add.</summary>
internal enum OperationState
{
    /// <summary>Too few approvers have signed.</summary>
    AwaitingApproval = 1,

    /// <summary>All have signed who must: it is sent when its window is open and its server is there.</summary>
    Approved = 2,

    /// <summary>It was sent; the server has not told of it.</summary>
    Sent = 3,

    /// <summary>The server has it.</summary>
    Received = 4,

    /// <summary>The server has verified it.</summary>
    Verified = 5,

    /// <summary>Its plan holds still.</summary>
    Fetched = 6,

    /// <summary>It is about to be started, once; it cannot be cancelled any more.</summary>
    Intent = 7,

    /// <summary>It runs.</summary>
    Running = 8,

    /// <summary>Everything that was approved is in place, by inspection. Nothing follows.</summary>
    Succeeded = 9,

    /// <summary>It was not done, or not wholly. Nothing follows.</summary>
    Failed = 10,

    /// <summary>It was broken off, and what is in place is neither what was before nor what was approved. Its server repairs it, or a technician
    /// says how it ended.</summary>
    Unknown = 11,

    /// <summary>What was broken off was repaired. Nothing follows.</summary>
    Reconciled = 12,

    /// <summary>The server refused it; nothing was done. Nothing follows.</summary>
    Refused = 13,

    /// <summary>It was cancelled; nothing was done. Nothing follows.</summary>
    Cancelled = 14,

    /// <summary>Its window was over before a server told of it. Nothing follows, unless the server tells that it had it.</summary>
    Expired = 15,

    /// <summary>Everything that was approved is in place, and the server reboots, as the order says.</summary>
    Rebooting = 16,
}

/// <summary>A step in the life of an operation. Stored by number: never change one, only add.</summary>
internal enum OperationStep
{
    /// <summary>It was drafted. The first step, and only that.</summary>
    Draft = 1,

    /// <summary>An approver signed.</summary>
    Sign = 2,

    /// <summary>All have signed who must, and the controller has.</summary>
    Approve = 3,

    /// <summary>The customer consented to its plan.</summary>
    Consent = 4,

    /// <summary>It was sent to the server.</summary>
    Send = 5,

    /// <summary>The server has it.</summary>
    Receive = 6,

    /// <summary>The server refused it.</summary>
    Refuse = 7,

    /// <summary>The server verified it.</summary>
    Verify = 8,

    /// <summary>The server found its plan unchanged.</summary>
    Fetch = 9,

    /// <summary>The server is about to start it.</summary>
    Intend = 10,

    /// <summary>The server started it.</summary>
    Run = 11,

    /// <summary>It succeeded.</summary>
    Succeed = 12,

    /// <summary>It failed.</summary>
    Fail = 13,

    /// <summary>It was broken off.</summary>
    BreakOff = 14,

    /// <summary>It was repaired.</summary>
    Reconcile = 15,

    /// <summary>Somebody asked its server to leave it.</summary>
    AskCancel = 16,

    /// <summary>It was cancelled.</summary>
    Cancel = 17,

    /// <summary>Its window was over.</summary>
    Expire = 18,

    /// <summary>Somebody reviewed it.</summary>
    Review = 19,

    /// <summary>An operation was drafted that undoes it.</summary>
    Undo = 20,

    /// <summary>A technician found everything that was approved in place.</summary>
    SettleSucceeded = 21,

    /// <summary>A technician found that it is not, or not wholly, in place.</summary>
    SettleFailed = 22,

    /// <summary>The server reboots, once.</summary>
    Reboot = 23,
}

/// <summary>Who takes a step.</summary>
[Flags]
internal enum OperationParty
{
    None = 0,

    /// <summary>A technician.</summary>
    Technician = 1,

    /// <summary>Somebody of the customer.</summary>
    Customer = 2,

    /// <summary>The controller.</summary>
    Controller = 4,

    /// <summary>The server that it is for.</summary>
    Server = 8,
}
