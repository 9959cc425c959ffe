namespace HaiSoft.Agent.Readings.Services;

/// <summary>How a connection ended.</summary>
public enum ConnectionOutcome
{
    Open = 1,

    /// <summary>Refused by the server itself.</summary>
    Refused = 2,

    /// <summary>No answer in time.</summary>
    TimedOut = 3,

    /// <summary>Reset, or no way there.</summary>
    Failed = 4,
}

/// <summary>How TLS went.</summary>
public enum TlsOutcome
{
    /// <summary>Chain, name and dates are right.</summary>
    Trusted = 1,

    /// <summary>The chain leads to no known root.</summary>
    Untrusted = 2,

    /// <summary>The name is another's.</summary>
    WrongName = 3,

    /// <summary>Expired, or not valid yet.</summary>
    WrongDate = 4,

    /// <summary>No TLS could be agreed on.</summary>
    Failed = 5,
}

/// <summary>Why a check could not be made.</summary>
public enum CheckNotMadeReason
{
    /// <summary>The tool or the interface is missing.</summary>
    Missing = 1,

    /// <summary>It took too long.</summary>
    TimedOut = 2,

    /// <summary>The system said no.</summary>
    Denied = 3,

    /// <summary>It answered what the agent does not understand.</summary>
    NotUnderstood = 4,
}
