using System.Globalization;
using System.Text;
using Grpc.Core;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.FleetSimulator.Records;

/// <summary>The records of a simulated fleet: one customer and its servers, made where they are missing.</summary>
internal sealed class FleetRecords(TechnicianLink link)
{
    private const string Customer = "Simulated fleet";

    /// <summary>Rows of one import: well below its 4 MiB.</summary>
    private const int RowsOfImport = 10_000;

    /// <summary>The name of a simulated server, from 1.</summary>
    public static string ServerName(int number) => string.Create(CultureInfo.InvariantCulture, $"sim-{number:00000}");

    /// <summary>Makes the customer and the servers that are not there yet.</summary>
    public async Task EnsureAsync(int count, CancellationToken cancellationToken)
    {
        await AddCustomerAsync(cancellationToken);
        ListServersResponse there = await link.Records.ListServersAsync(new ListServersRequest(), link.Options(cancellationToken));
        HashSet<string> names = [.. there.Servers.Select(server => server.Record.Name)];
        foreach (int[] numbers in Enumerable.Range(1, count).Where(number => !names.Contains(ServerName(number))).Chunk(RowsOfImport))
        {
            ImportRecordsRequest request = new() { Kind = RecordKind.Servers, Csv = Csv(numbers) };
            await link.Records.ImportRecordsAsync(request, link.Options(cancellationToken));
        }
    }

    private async Task AddCustomerAsync(CancellationToken cancellationToken)
    {
        try
        {
            AddCustomerRequest request = new() { Name = Customer, Email = "fleet@simulated.example" };
            await link.Records.AddCustomerAsync(request, link.Options(cancellationToken));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            // From an earlier run on the same controller.
        }
    }

    private static string Csv(IEnumerable<int> numbers)
    {
        StringBuilder csv = new("name,customer,kind,rack,host,fee,from,backup_option\n");
        foreach (int number in numbers)
        {
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{ServerName(number)},{Customer},dedicated,S{(number / 40) + 1:00}/U{(number % 40) + 1:00},,49.90/month,2026-01-01,{(number % 3 == 0 ? "yes" : "no")}\n");
        }

        return csv.ToString();
    }
}
