using HaiSoft.Controller.Records;
using HaiSoft.Controller.Rules.Fees;
using HaiSoft.Controller.Tests.Identity;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Records;

public abstract class CsvImportTests(StoreKind kind) : IAsyncLifetime
{
    private const string Header = "name,customer,kind,rack,host,fee,from,backup_option\n";
    private readonly RunningController _controller = RunningController.Start(kind);

    private RecordImport Import => _controller.Service<RecordImport>();

    public async ValueTask InitializeAsync() =>
        (await Import.ImportCustomersAsync("name,email\nÉlan,info@elan.example\n", "t", TestContext.Current.CancellationToken))
            .ShouldBeOfType<RecordsAdded.Done>();

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    [Fact]
    public async Task A_byte_order_mark_quotes_carriage_returns_and_empty_lines_are_read_as_meant()
    {
        RecordsAdded added = await Import.ImportCustomersAsync(
            "\uFEFFname,email\r\n\"Martin, \"\"Boulangerie\"\"\",m@martin.example\r\n\r\n  Duo , d@duo.example \r\n", "t", CancellationToken.None);

        added.ShouldBeOfType<RecordsAdded.Done>().Names.ShouldBe(["Martin, \"Boulangerie\"", "Duo"]);
    }

    [Fact]
    public async Task A_guest_may_stand_before_its_host_in_the_file()
    {
        RecordsAdded added = await AddAsync(
            "vm-01,Élan,virtual,,host-1,499/year,2026-02-01,no\nhost-1,Élan,dedicated,R1,,0/month,2020-01-01,yes\n");

        added.ShouldBeOfType<RecordsAdded.Done>();
        (await _controller.Records().GetServerAsync(new() { Name = "vm-01" })).Server.Record.Host.ShouldBe("host-1");
    }

    [Fact]
    public async Task One_faulty_row_adds_none_and_every_fault_bears_its_line()
    {
        RecordsAdded added = await AddAsync(
            """
            web-01,Élan,dedicated,R1,,49.90/month,2026-01-01,yes
            web-02,Nobody,dedicated,R1,,49.90/month,2026-01-01,yes
            web 3,Élan,rented,,,4.999/month,2026-02-30,perhaps
            WEB-01,Élan,dedicated,R2,,49.90/month,2026-01-01,
            vm-01,Élan,virtual,,nowhere,1/year,2026-01-01,
            vm-02,Élan,virtual,,vm-01,1/year,2026-01-01,

            """);

        string[] faults = [.. added.ShouldBeOfType<RecordsAdded.Refused>().Faults.Select(fault => fault.ToString())];
        faults.ShouldContain(fault => fault.StartsWith("line 3: there is no customer 'Nobody'", StringComparison.Ordinal));
        faults.Count(fault => fault.StartsWith("line 4: ", StringComparison.Ordinal)).ShouldBe(5);
        faults.ShouldContain("line 5: the server 'WEB-01' is on line 2 already: remove one of them");
        faults.ShouldContain(fault => fault.StartsWith("line 6: there is no host 'nowhere'", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.StartsWith("line 7: the host 'vm-01' is a virtual server itself", StringComparison.Ordinal));
        (await _controller.Records().ListServersAsync(new())).Servers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("name,email\n", "no row")]
    [InlineData("name,mail\nx,y\n", "the column 'email' is missing")]
    [InlineData("name,email,phone\nx,a@b.example,1\n", "the column 'phone' is unknown")]
    [InlineData("name,email,name\nx,a@b.example,y\n", "'name' is there twice")]
    [InlineData("name,email\nx\n", "it has 1 values, the header has 2")]
    public async Task A_file_that_is_no_table_of_customers_is_refused(string csv, string words)
    {
        RecordsAdded added = await Import.ImportCustomersAsync(csv, "t", CancellationToken.None);

        added.ShouldBeOfType<RecordsAdded.Refused>().Faults.ShouldContain(fault => fault.Text.Contains(words));
    }

    [Fact]
    public async Task Ten_thousand_servers_are_added_in_one_go()
    {
        string rows = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"s-{i},Élan,dedicated,R{i % 40},,49.90/month,2026-01-01,no\n"));

        (await AddAsync(rows)).ShouldBeOfType<RecordsAdded.Done>().Names.Count.ShouldBe(10_000);
    }

    [Theory]
    [InlineData("49.90/month", 4990, FeePeriod.Month)]
    [InlineData("499/year", 49900, FeePeriod.Year)]
    [InlineData(" 0/month ", 0, FeePeriod.Month)]
    public void A_fee_is_read_to_the_cent(string text, long cents, FeePeriod period)
    {
        Fee fee = Fee.Parse(text)!;

        (fee.Cents, fee.Period).ShouldBe((cents, period));
    }

    [Theory]
    [InlineData("49,90/month")]
    [InlineData("-1/month")]
    [InlineData("1.999/month")]
    [InlineData("1")]
    [InlineData("1/week")]
    [InlineData("1/month/year")]
    [InlineData("1000000.01/year")]
    [InlineData("1e3/month")]
    [InlineData("")]
    public void What_is_no_fee_is_not_read(string text) => Fee.Parse(text).ShouldBeNull();

    private Task<RecordsAdded> AddAsync(string rows) => Import.ImportServersAsync(Header + rows, "t", CancellationToken.None);

    public sealed class OnSqlite() : CsvImportTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : CsvImportTests(StoreKind.Postgres);
}
