namespace HaiSoft.Agent.Readings.Disks;

/// <summary>What smartctl's exit status says, bit by bit (smartctl(8), EXIT STATUS).</summary>
[Flags]
public enum SmartctlExitStatus
{
    None = 0,

    /// <summary>The command line was not understood.</summary>
    CommandLine = 1,

    /// <summary>The device could not be opened or identified, or sleeps and was not woken.</summary>
    NotOpened = 2,

    /// <summary>A command to the disk failed, or a structure has a wrong checksum: what was read still counts.</summary>
    CommandFailed = 4,

    /// <summary>The disk says that it fails.</summary>
    DiskFailing = 8,

    /// <summary>A pre-failure attribute is at or below its threshold.</summary>
    PrefailureNow = 16,

    /// <summary>Some attribute was at or below its threshold in the past.</summary>
    FailedInPast = 32,

    /// <summary>The disk's error log has entries.</summary>
    ErrorLog = 64,

    /// <summary>The disk's self-test log has failures.</summary>
    SelfTestLog = 128,
}
