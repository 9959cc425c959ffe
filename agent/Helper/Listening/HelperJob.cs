namespace HaiSoft.Agent.Helper.Listening;

/// <summary>What one process of the helper is for: each job has its own socket, its own unit, and only what it needs.</summary>
internal enum HelperJob
{
    /// <summary>Reads hardware. No network, nothing to write.</summary>
    Probe,

    /// <summary>Keeps what orders are verified by, and resolves what an operation would change.</summary>
    Plan,

    /// <summary>Takes signed orders and has them carried out.</summary>
    Run,
}
