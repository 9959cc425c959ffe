using System.Globalization;
using Google.Protobuf;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.Benchmarks.Figures;
using HaiSoft.Benchmarks.Orders;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Machines;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>
/// What an order costs on a booted server with the packaged agent: until the helper has verified it, beyond what dnf takes for the same
/// packages, and while there is none.
/// </summary>
internal static class OrderCost
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Plan plan, CancellationToken cancellationToken)
    {
        await using PackagedServer server = await PackagedServer.StartAsync(cancellationToken);
        List<Figure> figures = [.. await VerificationAsync(server, plan.Orders, cancellationToken)];
        figures.AddRange(await InstallationAsync(server, plan.Installations, cancellationToken));
        figures.Add(await IdleAsync(server, cancellationToken));
        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> VerificationAsync(PackagedServer server, int orders, CancellationToken cancellationToken)
    {
        string[] one = [PackagedServer.Names[0]];
        ByteString bytes = await PlanAsync(server, one, cancellationToken); // the same for all: a server makes few plans an hour
        List<double> times = [];
        for (int i = 0; i < orders; i++)
        {
            times.Add((await CarryOutAsync(server, bytes, cancellationToken)).TotalMilliseconds);
            await server.RemoveAsync(one, cancellationToken);
        }

        string note = string.Create(CultureInfo.InvariantCulture, $"{orders} orders handed to the helper's socket; fsynced before it answers");
        return
        [
            new("order to verified, p50", "ms", Quantiles.Of(times, 0.5), note),
            new("order to verified, p95", "ms", Quantiles.Of(times, 0.95)) { Reach = Reach.AtMost(500) },
        ];
    }

    private static async Task<IReadOnlyList<Figure>> InstallationAsync(PackagedServer server, int times, CancellationToken cancellationToken)
    {
        List<double> planned = [];
        List<double> ordered = [];
        List<double> alone = [];
        List<double> beyond = [];
        for (int i = 0; i < times; i++)
        {
            long begun = TimeProvider.System.GetTimestamp();
            ByteString bytes = await PlanAsync(server, PackagedServer.Names, cancellationToken);
            planned.Add(TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
            begun = TimeProvider.System.GetTimestamp();
            await CarryOutAsync(server, bytes, cancellationToken);
            ordered.Add(TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
            await server.RemoveAsync(PackagedServer.Names, cancellationToken);
            begun = TimeProvider.System.GetTimestamp();
            await server.InstallByDnfAsync(cancellationToken);
            alone.Add(TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
            await server.RemoveAsync(PackagedServer.Names, cancellationToken);
            beyond.Add(planned[^1] + ordered[^1] - (1.1 * alone[^1]));
        }

        string note = string.Create(CultureInfo.InvariantCulture, $"{PackagedServer.Packages} packages of {PackagedServer.PackageBytes / 1e6:0.#} MB");
        return
        [
            new("plan of an installation, its files fetched and verified", "s", planned, note),
            new("order carried out and inspected", "s", ordered, note + "; from the offer until the helper told that it succeeded"),
            new("dnf alone, all of it", "s", alone, "the same container, repository and key; in turn"),
            new("plan and order, beyond dnf alone and 10 %", "s", beyond, "of each turn") { Reach = Reach.AtMost(5) },
        ];
    }

    private static async Task<Figure> IdleAsync(PackagedServer server, CancellationToken cancellationToken)
    {
        double resident = double.NaN;
        for (int tries = 0; tries < 1200 && resident is not 0; tries++)
        {
            await Task.Delay(Between, TimeProvider.System, cancellationToken);
            resident = 0;
            foreach (string unit in (string[])["haisoft-plan.service", "haisoft-run.service", "haisoft-probe.service"])
            {
                string process = (await server.Server.MustAsync(["systemctl", "show", "--property=MainPID", "--value", unit], cancellationToken)).Trim();
                if (process is not "0")
                    resident += await ResidentAsync(server, process, cancellationToken);
            }
        }

        return new("helper, resident when nothing was asked of it for a while", "MiB", resident, "all its jobs together") { Reach = Reach.AtMost(0) };
    }

    private static async Task<double> ResidentAsync(PackagedServer server, string process, CancellationToken cancellationToken)
    {
        string file = server.Server.Path($"/proc/{process}/statm");
        return File.Exists(file)
            ? double.Parse((await File.ReadAllTextAsync(file, cancellationToken)).Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize / (1 << 20)
            : 0;
    }

    private static async Task<ByteString> PlanAsync(PackagedServer server, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        PlanRequest ask = new()
        {
            RequestId = "r",
            InstallPackages = new InstallPackages { Packages = { names.Select(name => new PackageInstall { Name = name }) } },
        };
        PlanAnswer answer = await server.Plans.PlanAsync(ask, cancellationToken);
        return answer.Refusal is null ? answer.Plan : throw new InvalidOperationException($"No plan was made: {answer.Refusal}");
    }

    // How long it took until it was verified.
    private static async Task<TimeSpan> CarryOutAsync(PackagedServer server, ByteString bytes, CancellationToken cancellationToken)
    {
        Order order = PlannedOrder.Of(bytes, TimeProvider.System.GetUtcNow());
        OrderOffer offer = new() { Order = ByteString.CopyFrom(server.Company.Order(order)) };
        long begun = TimeProvider.System.GetTimestamp();
        JournalAnswer taken = MustBe(await server.Orders.CarryOutAsync(offer, cancellationToken));
        TimeSpan verified = TimeProvider.System.GetElapsedTime(begun);
        if (taken.Entries.All(entry => entry.Step?.State != OrderState.Verified))
            throw new InvalidOperationException($"The order was not verified: {taken.Entries[^1]}");
        ReadJournal after = new();
        while (true)
        {
            JournalAnswer answer = MustBe(await server.Orders.ReadAsync(after, cancellationToken));
            OrderStep? last = answer.Entries.LastOrDefault(entry => entry.OrderId == order.OrderId && entry.Step is not null)?.Step;
            if (last?.State is OrderState.Succeeded)
                return verified;
            if (!answer.Working && !answer.More)
                throw new InvalidOperationException($"The order did not succeed: {last}");
            JournalPlace[] places = [.. answer.Entries.GroupBy(entry => entry.OrderId).Select(group => new JournalPlace { OrderId = group.Key, Entry = group.Max(entry => entry.Entry) })];
            after = new() { Known = { after.Known.Where(place => places.All(other => other.OrderId != place.OrderId)), places } };
            await Task.Delay(Between, TimeProvider.System, cancellationToken);
        }
    }

    private static JournalAnswer MustBe(Reading<JournalAnswer> reading) =>
        reading is Measured<JournalAnswer> { Value: var answer } ? answer : throw new InvalidOperationException($"The helper did not answer: {reading}");
}
