using System.Text.Json;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Controller.Tests.Ingest;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Catalogues;

/// <summary>Roots and catalogues are published by haisoftctl and offered to the servers that lack them.</summary>
public abstract class PublishingTests(StoreKind kind) : IDisposable
{
    private readonly TrustHolders _holders = new();

    public void Dispose() => _holders.Dispose();

    [Fact]
    public async Task A_server_is_offered_what_it_lacks_until_it_holds_it()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.DeliverAsync(agent.Report(1, TimeSpan.Zero, Holds(root: 0, catalogue: 0)));
        string root = await _holders.MakeRootAsync();
        string catalogue = await _holders.MakeCatalogueAsync(root, "chloe", "david");

        (await PublishAsync(controller, "root", root)).Output.ShouldContain("Published: root, version 1");
        (await OfferedAsync(agent)).Roots.ShouldHaveSingleItem().ToByteArray().ShouldBe(await File.ReadAllBytesAsync(root, Stop));
        await agent.DeliverAsync(agent.Report(2, TimeSpan.Zero, Holds(root: 1, catalogue: 0)));
        (await PublishAsync(controller, "catalogue", catalogue)).Code.ShouldBe(0);

        TrustOffer offer = await OfferedAsync(agent);
        offer.Roots.ShouldBeEmpty();
        offer.Catalogue.ToByteArray().ShouldBe(await File.ReadAllBytesAsync(catalogue, Stop));
        await agent.DeliverAsync(agent.Report(3, TimeSpan.Zero, Holds(root: 1, catalogue: 1)));
        JsonElement state = (await new CommandLine(controller).RunAsync("catalogue", "state", "--json")).Json;
        state.GetProperty("root").GetProperty("version").GetInt64().ShouldBe(1);
        state.GetProperty("catalogue").GetProperty("version").GetInt64().ShouldBe(1);
        JsonElement server = state.GetProperty("servers").EnumerateArray().ShouldHaveSingleItem();
        server.GetProperty("server").GetString().ShouldBe("web-01");
        server.GetProperty("catalogue_version").GetInt64().ShouldBe(1);
        (await new CommandLine(controller).RunAsync("catalogue", "state")).Output.ShouldContain("up to date");
    }

    [Fact]
    public async Task What_was_published_while_a_server_was_away_is_offered_when_it_comes_back()
    {
        await using RunningController controller = RunningController.Start(kind);
        TestAgent identity = await controller.EnrolAsync("web-01");
        using (LinkedAgent before = await LinkedAgent.ConnectAsync(controller, identity))
            await before.DeliverAsync(before.Report(1, TimeSpan.Zero, Holds(root: 0, catalogue: 0)));
        string root = await _holders.MakeRootAsync();
        await PublishAsync(controller, "root", root);

        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, identity, last: 1);
        (await OfferedAsync(agent)).Roots.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_can_take_nothing_or_refuses_is_offered_nothing_again()
    {
        await using RunningController controller = RunningController.Start(kind);
        await PublishAsync(controller, "root", await _holders.MakeRootAsync());
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));

        await agent.DeliverAsync(agent.Report(1, TimeSpan.Zero, report => report.Trust = new TrustReport()));
        await agent.DeliverAsync(agent.Report(2, TimeSpan.Zero, report => report.Trust = new TrustReport
        {
            Pinned = true,
            Refusal = TrustRefusal.RootWrongFingerprint,
            RefusalDetail = "another root is trusted here",
        }));
        await agent.DeliverAsync(agent.Report(3, TimeSpan.Zero, Reports.Running));

        agent.Heard.ShouldNotContain(said => said.Trust != null);
        (await new CommandLine(controller).RunAsync("catalogue", "state")).Output.ShouldContain("refused: another root is trusted here");
        (await new CommandLine(controller).RunAsync("server", "web-01")).Output.ShouldContain("another root is trusted here");
    }

    [Fact]
    public async Task Roots_come_one_after_the_other_and_all_that_a_server_lacks_together()
    {
        await using RunningController controller = RunningController.Start(kind);
        string first = await _holders.MakeRootAsync();
        string second = await _holders.MakeNextRootAsync(first, "root.2");

        CommandLine.Printed tooEarly = await PublishAsync(controller, "root", second);
        await PublishAsync(controller, "root", first);
        await PublishAsync(controller, "root", second);
        CommandLine.Printed again = await PublishAsync(controller, "root", second);
        CommandLine.Printed lower = await PublishAsync(controller, "root", first);

        tooEarly.Code.ShouldBe(4);
        tooEarly.Error.ShouldContain("publish version 1 first");
        again.Output.ShouldContain("Was published already: root, version 2");
        lower.Code.ShouldBe(4);
        lower.Error.ShouldContain("Servers would refuse it: The root has version 1; 2 is held.");
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.DeliverAsync(agent.Report(1, TimeSpan.Zero, Holds(root: 0, catalogue: 0)));
        (await OfferedAsync(agent)).Roots.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_catalogue_that_servers_would_refuse_is_not_published()
    {
        await using RunningController controller = RunningController.Start(kind);
        string root = await _holders.MakeRootAsync();
        string first = await _holders.MakeCatalogueAsync(root, "chloe");

        CommandLine.Printed withoutRoot = await PublishAsync(controller, "catalogue", first);
        await PublishAsync(controller, "root", root);
        CommandLine.Printed unsigned = await PublishAsync(controller, "catalogue", first);

        withoutRoot.Code.ShouldBe(4);
        withoutRoot.Error.ShouldContain("No root is published");
        unsigned.Code.ShouldBe(4);
        unsigned.Error.ShouldContain("1 of the root's catalogue keys signed it; 2 must.");
    }

    [Fact]
    public async Task Catalogues_only_rise_and_old_ones_are_forgotten()
    {
        await using RunningController controller = RunningController.Start(kind);
        string root = await _holders.MakeRootAsync();
        await PublishAsync(controller, "root", root);
        string first = await _holders.MakeCatalogueAsync(root, "chloe", "david");
        await PublishAsync(controller, "catalogue", first);
        string last = first;
        for (int version = 2; version <= 12; version++)
        {
            last = await _holders.MakeNextCatalogueAsync(root, last, $"catalogue.{version}");
            (await PublishAsync(controller, "catalogue", last)).Code.ShouldBe(0);
        }

        CommandLine.Printed lower = await PublishAsync(controller, "catalogue", first);
        lower.Code.ShouldBe(4);
        lower.Error.ShouldContain("The catalogue has version 1; 12 is held.");
        (await new CommandLine(controller).RunAsync("catalogue", "state", "--json")).Json.GetProperty("catalogue").GetProperty("version").GetInt64().ShouldBe(12);
    }

    [Theory]
    [InlineData(-1, 0, 0, "trust.root_version")]
    [InlineData(0, -1, 0, "trust.catalogue_version")]
    [InlineData(1, 1, 31, "trust.catalogue_hash")]
    public async Task A_report_that_cannot_be_ends_the_stream_with_the_field(long root, long catalogue, int hash, string field)
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.SendReportsAsync(agent.Report(1, TimeSpan.Zero, report => report.Trust = new TrustReport
        {
            RootVersion = root,
            CatalogueVersion = catalogue,
            CatalogueHash = Google.Protobuf.ByteString.CopyFrom(new byte[hash]),
        }));

        Grpc.Core.Status ended = await agent.EndAsync();
        ended.StatusCode.ShouldBe(Grpc.Core.StatusCode.InvalidArgument);
        ended.Detail.ShouldContain(field);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Action<Report> Holds(long root, long catalogue) => report => report.Trust = new TrustReport
    {
        Pinned = true,
        RootVersion = root,
        CatalogueVersion = catalogue,
        CatalogueHash = Google.Protobuf.ByteString.CopyFrom(new byte[catalogue == 0 ? 0 : 32]),
    };

    private static Task<CommandLine.Printed> PublishAsync(RunningController controller, string what, string file) =>
        new CommandLine(controller).RunAsync(what, "publish", file);

    private static async Task<TrustOffer> OfferedAsync(LinkedAgent agent)
    {
        if (agent.Heard.LastOrDefault()?.Trust is { } heard)
            return heard;
        while (true)
        {
            if ((await agent.NextAsync()).Trust is { } offer)
                return offer;
        }
    }

    public sealed class OnSqlite() : PublishingTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : PublishingTests(StoreKind.Postgres);
}
