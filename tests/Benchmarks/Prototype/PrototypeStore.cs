using System.Threading.Channels;
using Google.Protobuf;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Data.Sqlite;

namespace HaiSoft.Benchmarks.Prototype;

/// <summary>One opaque row for each report; one writer commits whatever waits, on stable storage, and tells the streams.</summary>
internal sealed class PrototypeStore : IAsyncDisposable
{
    private const int LargestBatch = 2000;

    private readonly Channel<PrototypeItem> _waiting = Channel.CreateUnbounded<PrototypeItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly Task _writing;

    public PrototypeStore(string file)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        _connection.Open();
        Run("PRAGMA journal_mode = WAL");
        Run("PRAGMA synchronous = FULL");
        Run("CREATE TABLE IF NOT EXISTS reports (report_id INTEGER PRIMARY KEY, agent TEXT NOT NULL, sequence INTEGER NOT NULL, report BLOB NOT NULL)");
        _writing = Task.Run(WriteAsync);
    }

    public void Add(PrototypeItem item) => _waiting.Writer.TryWrite(item);

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        await _connection.DisposeAsync();
    }

    private async Task WriteAsync()
    {
        await using SqliteCommand insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO reports (agent, sequence, report) VALUES ($agent, $sequence, $report)";
        SqliteParameter agent = insert.Parameters.Add("$agent", SqliteType.Text);
        SqliteParameter sequence = insert.Parameters.Add("$sequence", SqliteType.Integer);
        SqliteParameter data = insert.Parameters.Add("$report", SqliteType.Blob);
        List<PrototypeItem> batch = [];
        while (await _waiting.Reader.WaitToReadAsync())
        {
            int reports = 0;
            while (reports < LargestBatch && _waiting.Reader.TryRead(out PrototypeItem? item))
            {
                batch.Add(item);
                reports += item.Reports.Count;
            }

            await using (SqliteTransaction transaction = _connection.BeginTransaction())
            {
                insert.Transaction = transaction;
                foreach (PrototypeItem item in batch)
                {
                    agent.Value = item.Agent;
                    foreach (Report report in item.Reports)
                    {
                        sequence.Value = report.Sequence;
                        data.Value = report.ToByteArray();
                        insert.ExecuteNonQuery();
                    }
                }

                transaction.Commit();
            }

            foreach (PrototypeItem item in batch)
                item.Durable.TryWrite(item);
            batch.Clear();
        }
    }

    private void Run(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
