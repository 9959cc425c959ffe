using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>Bodies of reports.</summary>
internal static class Reports
{
    public static void Failed(Report report) => Unit(report, "failed", "failed", "exit-code");

    public static void Running(Report report) => Unit(report, "active", "running", "success");

    public static void Unit(Report report, string active, string sub, string result, string unit = "mariadb.service") =>
        report.Services = new()
        {
            Complete = false,
            Interval = TimeSpan.FromMinutes(5).ToDuration(),
            Checks =
            {
                new ServiceCheck
                {
                    Service = new()
                    {
                        ServiceId = "systemd:" + unit,
                        Kind = CheckKind.Systemd,
                        Role = ServiceRole.Database,
                        Origin = ServiceOrigin.Discovered,
                        Unit = unit,
                    },
                    CheckedTime = report.ObservedTime,
                    Duration = TimeSpan.FromMilliseconds(3).ToDuration(),
                    Systemd = new()
                    {
                        LoadState = "loaded",
                        ActiveState = active,
                        SubState = sub,
                        Result = result,
                        UnitFileState = "enabled",
                        RestartCount = 0,
                    },
                },
            },
        };

    public static Action<Report> Disks(params DiskReading[] disks) => report => report.Hardware = new()
    {
        Source = HardwareSource.Smart,
        Interval = TimeSpan.FromMinutes(5).ToDuration(),
        Measured = new() { Disks = { disks } },
    };

    public static DiskReading Nvme(string serial, int warning = 0, string slot = "0000:01:00.0") => new()
    {
        Device = "/dev/nvme0n1",
        Protocol = DiskProtocol.Nvme,
        Model = "SAMSUNG MZVL2512",
        Serial = serial,
        Slot = slot,
        SmartPassed = warning == 0,
        Nvme = new() { CriticalWarning = warning, AvailableSparePercent = 100, AvailableSpareThresholdPercent = 10, PercentageUsed = 3 },
    };

    public static Action<Report> Array(int active, params ArrayMember[] members) => report => report.Hardware = new()
    {
        Source = HardwareSource.Md,
        Measured = new()
        {
            Arrays =
            {
                new ArrayReading
                {
                    Name = "md0",
                    Level = "raid1",
                    RequiredCount = 2,
                    ActiveCount = active,
                    Activity = ArrayActivity.Idle,
                    Members = { members },
                },
            },
        },
    };

    public static ArrayMember Member(string device, ArrayMemberState state, string serial) =>
        new() { Device = device, State = state, DiskSerial = serial };

    public static Action<Report> Load(double value, bool named) => report => report.Measurements = new()
    {
        NewSeries = { named ? [new Series { Number = 1, Metric = "load.1m", Kind = SeriesKind.Gauge }] : System.Array.Empty<Series>() },
        Series = { 1 },
        Values = { value },
    };
}
