using System.Security.Cryptography;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Measurements;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Requests;
using HaiSoft.Controller.Rules.Fees;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Rules.Sla;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Trust.Keys;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>A small company for the pages to show: customers, servers, incidents in every state, a day of measurements.</summary>
internal sealed class Scene(ConsoleHost host)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public async Task RecordsAsync()
    {
        (await host.Get<Customers>().AddAsync(
            [new("Boulangerie Martin", "contact@martin.example"), new("Studio Épinette", "it@epinette.example")], "test", None))
            .ShouldBeOfType<RecordsAdded.Done>();
        (await host.Get<Servers>().AddAsync(
            [
                Dedicated("web-01", "Boulangerie Martin", "R12/U07"),
                Dedicated("db-02", "Studio Épinette", "R03/U21"),
                Dedicated("host-09", "Studio Épinette", "R07/U01"),
                new() { Name = "shop-vm", Customer = "Studio Épinette", Kind = ServerKind.Virtual, Host = "host-09", Fee = new Fee(499m, FeePeriod.Year), From = new(2025, 1, 1), BackupOption = true },
            ],
            "test",
            None)).ShouldBeOfType<RecordsAdded.Done>();
    }

    /// <summary>A passkey of a person, as its adding leaves it.</summary>
    public async Task<PersonPasskey> PasskeyAsync(string person)
    {
        using var key = PrivateKey.Create();
        var point = key.PublicKey.Encoded[^64..].ToArray();
        return await host.Get<WriteGate>().WriteAsync(
            async (session, token) =>
            {
                var passkey = new PersonPasskey
                {
                    CredentialId = RandomNumberGenerator.GetBytes(32),
                    UserId = await session.Db.Set<Person>().Where(p => p.UserName == person).Select(p => p.Id).SingleAsync(token),
                    LastUsedTime = session.Now,
                    Data = new()
                    {
                        Name = "Office laptop",
                        PublicKey = [.. Convert.FromHexString("A5010203262001215820"), .. point[..32], .. Convert.FromHexString("225820"), .. point[32..]],
                        CreatedAt = session.Now,
                        Transports = ["internal"],
                        AttestationObject = [],
                        ClientDataJson = [],
                    },
                };
                session.Db.Add(passkey);
                await session.Db.SaveChangesAsync(token);
                return passkey;
            },
            None);
    }

    public async Task<string> IdOfAsync(string server) => (await host.Get<Servers>().FindIdAsync(server, None)).ShouldNotBeNull();

    /// <summary>Opens an incident that was detected so long ago.</summary>
    public async Task<long> IncidentAsync(string server, IncidentKind kind, string title, TimeSpan ago, string reason, params (string, string)[] evidence)
    {
        var serverId = await IdOfAsync(server);
        var detected = _now - ago;
        return await host.Get<WriteGate>().WriteAsync(
            async (session, token) =>
            {
                var row = new IncidentRow
                {
                    ServerId = serverId,
                    CorrelationKey = title,
                    Kind = kind,
                    State = IncidentState.Detected,
                    Title = title,
                    ReplacementPromised = kind == IncidentKind.Hardware,
                    DetectedTime = detected,
                    OpenedTime = detected.AddSeconds(30),
                };
                session.Db.Add(row);
                await session.Db.SaveChangesAsync(token);
                Evidence[] pairs = [.. evidence.Select(e => new Evidence(e.Item1, e.Item2))];
                session.Db.Add(new FindingRow
                {
                    FindingId = NewId.At(session.Now),
                    ServerId = serverId,
                    ComponentId = $"test:{title}",
                    IncidentNumber = row.IncidentNumber,
                    Health = Health.Failed,
                    Title = title,
                    Reason = reason,
                    Evidence = CanonicalEvidence.Write(pairs),
                    DetectedTime = detected,
                });
                await session.Db.SaveChangesAsync(token);
                await IncidentTimeline.AddAsync(session, row.IncidentNumber, TimelineEventKind.Detected, detected, "agent", title, pairs, token);
                await IncidentTimeline.AddAsync(session, row.IncidentNumber, TimelineEventKind.Opened, detected.AddSeconds(30), "controller", reason, [], token);
                session.AfterCommit(() => host.Get<IncidentChanges>().Touch(row.IncidentNumber));
                return row.IncidentNumber;
            },
            None);
    }

    /// <summary>Incidents as a bad night has them; the first is the hardware one.</summary>
    public async Task<long> BadNightAsync()
    {
        var work = host.Get<IncidentWork>();
        var disk = await IncidentAsync(
            "db-02", IncidentKind.Hardware, "Disk SAMSUNG MZ7LH480 S3EWNX0K, slot 0:0 has failed", TimeSpan.FromMinutes(63),
            "Reallocated sectors grew by 128 in an hour; the array md0 is degraded (1 of 2 members)",
            ("Reallocated_Sector_Ct", "412"), ("SMART verdict", "failed"), ("md0", "raid1 [U_]"));
        await IncidentAsync("web-01", IncidentKind.Service, "mariadb.service is down", TimeSpan.FromMinutes(49), "ActiveState failed, Result exit-code, twice within 30 s", ("ActiveState", "failed"), ("Result", "exit-code"), ("NRestarts", "5"));
        await IncidentAsync("shop-vm", IncidentKind.Monitoring, "Nothing was heard from the agent for 15 min", TimeSpan.FromMinutes(12), "The stream ended at 05:31:07 and no report came since");
        var apache = await IncidentAsync("web-01", IncidentKind.Service, "httpd.service answers HTTP 503", TimeSpan.FromMinutes(20), "GET / answered 503 twice", ("status", "503"));
        await work.AcknowledgeAsync(apache, "bob", None);
        var done = await IncidentAsync("host-09", IncidentKind.Hardware, "Fan nct6798/fan2 has stopped", TimeSpan.FromHours(5), "0 turns per minute twice", ("fan2", "0 rpm"));
        await work.BeginInterventionAsync(done, "bob", None);
        await work.RecordReplacementAsync(done, "bob", "F-2231", None);
        await work.ResolveAsync(done, "bob", "Fan swapped, turns at 4,100 rpm again.", None);
        await work.BeginInterventionAsync(disk, "alice", None);
        return disk;
    }

    /// <summary>A request of the server's customer, with a quote that waits for an answer.</summary>
    public async Task<(long Number, string Hash)> QuotedAsync(string server, string words, string line)
    {
        var technician = new RequestActor("token:test", "test", RequestParty.Technician);
        var received = await host.Get<RequestWork>().ReceiveAsync(new() { Kind = RequestKind.Other, Servers = [server], Words = words }, technician, None);
        var number = received.ShouldBeOfType<RequestOutcome.Done>().Detail.Request.Number;
        var until = DateOnly.FromDateTime(_now.UtcDateTime).AddDays(30);
        await host.Get<QuoteWork>().WriteAsync(number, [new(line, 2, 6050), new("Test on a copy", 1, 4000)], until, technician, None);
        var sent = await host.Get<QuoteWork>().SendAsync(number, technician, None);
        return (number, sent.ShouldBeOfType<RequestOutcome.Done>().Detail.Offered.ShouldNotBeNull().Hash);
    }

    /// <summary>What a server is made of, as its pages list it.</summary>
    public async Task ComponentsAsync(string server)
    {
        var serverId = await IdOfAsync(server);
        await host.Get<WriteGate>().WriteAsync(
            async (session, token) =>
            {
                session.Db.AddRange(
                    Component(serverId, "disk:S3EWNX0K", ComponentKind.Disk, "Disk SAMSUNG MZ7LH480 S3EWNX0K, slot 0:0", Health.Failed, "Reallocated sectors grew by 128 in an hour", 63),
                    Component(serverId, "disk:S3EWNX0L", ComponentKind.Disk, "Disk SAMSUNG MZ7LH480 S3EWNX0L, slot 0:1", Health.Degrading, "Wear is at 91 %", 4000),
                    Component(serverId, "array:md0", ComponentKind.Array, "Array md0, raid1", Health.Failed, "1 of 2 members works", 63),
                    Component(serverId, "source:edac", ComponentKind.Source, "Memory errors (EDAC)", Health.Unknown, "The source could not be read for 20 min: permission denied", 20),
                    Component(serverId, "link:eno1", ComponentKind.Link, "Link eno1", Health.Healthy, "1000 Mbit/s", 90000),
                    Component(serverId, "service:systemd:mariadb.service", ComponentKind.Service, "mariadb.service", Health.Healthy, "active (running)", 50000),
                    Component(serverId, "service:http:https://shop.example/", ComponentKind.Service, "https://shop.example/", Health.Healthy, "200 in 84 ms; certificate until 3 Feb 2027", 50000),
                    Component(serverId, "service:file-system:/var", ComponentKind.Service, "Room on /var", Health.Degrading, "8 % are left", 600));
                await session.Db.SaveChangesAsync(token);
            },
            None);
    }

    /// <summary>A day of measurements, one a minute, with an hour missing.</summary>
    public async Task MeasurementsAsync(string server)
    {
        var serverId = await IdOfAsync(server);
        (string Metric, string Component, SeriesBehaviour Kind, Func<int, double> Value)[] series =
        [
            ("load.1m", "", SeriesBehaviour.Gauge, m => 1.2 + Math.Sin(m / 90.0) + ((m * 7919 % 100) / 90.0)),
            ("load.5m", "", SeriesBehaviour.Gauge, m => 1.3 + Math.Sin(m / 90.0)),
            ("load.15m", "", SeriesBehaviour.Gauge, m => 1.4 + (Math.Sin(m / 95.0) * 0.8)),
            ("memory.available_bytes", "", SeriesBehaviour.Gauge, m => 12e9 + (2e9 * Math.Sin(m / 200.0))),
            ("memory.total_bytes", "", SeriesBehaviour.Gauge, _ => 33.4e9),
            ("disk.temperature_celsius", "S3EWNX0K", SeriesBehaviour.Gauge, m => 41 + (m / 200)),
            ("disk.temperature_celsius", "S3EWNX0L", SeriesBehaviour.Gauge, m => 38 + (m % 3)),
            ("filesystem.available_bytes", "/", SeriesBehaviour.Gauge, m => 80e9 - (m * 1e6)),
            ("filesystem.available_bytes", "/var", SeriesBehaviour.Gauge, m => 20e9 - (m * 8e6)),
            ("network.receive_bytes", "eno1", SeriesBehaviour.Counter, m => m * 60 * 1.5e6),
            ("network.transmit_bytes", "eno1", SeriesBehaviour.Counter, m => m * 60 * (4e6 + (1e3 * m))),
        ];
        await host.Get<WriteGate>().WriteAsync(
            async (session, token) =>
            {
                SeriesNaming[] named = [.. series.Select((s, i) => new SeriesNaming(i + 1, s.Metric, s.Component, s.Kind))];
                for (var minute = 0; minute < 1440; minute++)
                {
                    if (minute is > 400 and < 460)
                        continue;
                    ReportedReadings readings = new(
                        minute == 0 ? named : [], [.. named.Select(s => s.Number)], [.. series.Select(s => s.Value(minute))]);
                    await host.Get<MeasurementStore>().AppendAsync(session, serverId, "scene", _now.AddMinutes(minute - 1440), readings, token);
                }
            },
            None);
    }

    private static ServerDraft Dedicated(string name, string customer, string rack) => new()
    {
        Name = name,
        Customer = customer,
        Kind = ServerKind.Dedicated,
        Rack = rack,
        Fee = new Fee(49.90m, FeePeriod.Month),
        From = new(2025, 3, 1),
    };

    private ComponentRow Component(string serverId, string id, ComponentKind kind, string title, Health health, string reason, int sinceMinutes) => new()
    {
        ServerId = serverId,
        ComponentId = id,
        Kind = kind,
        Title = title,
        Health = health,
        Reason = reason,
        Evidence = CanonicalEvidence.Write([new("since boot", "3 d")]),
        ObservedTime = _now.AddMinutes(-1),
        SinceTime = _now.AddMinutes(-sinceMinutes),
        LastReadTime = _now.AddMinutes(-1),
        IntervalMicroseconds = 300_000_000,
        Confirmation = "",
        Facts = "",
        Present = true,
    };
}
