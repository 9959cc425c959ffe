using HaiSoft.Controller.Measurements;

namespace HaiSoft.Benchmarks.Storage;

/// <summary>Servers that report at equal distances.</summary>
/// <param name="Name">What the figures call it.</param>
/// <param name="Spacing">Time between two reports of a server.</param>
/// <param name="Series">The series of each server.</param>
/// <param name="Values">Fills in the values of a server at a step.</param>
internal sealed record StorageLoad(string Name, TimeSpan Spacing, IReadOnlyList<SeriesNaming> Series, StorageLoad.Filling Values)
{
    // About as many as a commit takes at full speed.
    private const int ReportsOfCommit = 40;

    private readonly int[] _numbers = [.. Series.Select(series => series.Number)];

    public delegate void Filling(int server, int step, double[] values);

    /// <summary>The id of a server, as records have them.</summary>
    public static string Server(int number) => $"0199b6f0a1b27c3d8e9f{number:x12}";

    /// <summary>Has all servers report so many times, from the bed's hour on; its clock moves with them.</summary>
    /// <returns>User and system time of taking them in, in seconds.</returns>
    public async Task<double> RunAsync(StorageBed bed, int servers, int first, int steps, CancellationToken cancellationToken)
    {
        double cpu = 0;
        double[] values = new double[Series.Count];
        for (int step = first; step < first + steps; step++)
        {
            for (int server = 0; server < servers;)
            {
                int from = server;
                TimeSpan before = Environment.CpuUsage.TotalTime;
                await bed.Gate.WriteAsync(
                    async (session, token) =>
                    {
                        for (server = from; server < Math.Min(servers, from + ReportsOfCommit); server++)
                        {
                            Values(server, step, values);
                            await bed.Measurements.AppendAsync(
                                session, Server(server), "00112233445566778899aabbccddeeff", Jittered(session.Now, server, step), new(step == 0 ? Series : [], _numbers, values), token);
                        }
                    },
                    cancellationToken);
                cpu += (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            }

            bed.Time.Advance(Spacing);
            if (step % Math.Max(1, (int)(TimeSpan.FromMinutes(5) / Spacing)) == 0)
                await bed.KeepAsync(cancellationToken);
        }

        return cpu;
    }

    // Timers are a few milliseconds late, each time by others.
    private static DateTimeOffset Jittered(DateTimeOffset now, int server, int step) =>
        now.AddMilliseconds(server * 37 % 1000).AddMicroseconds((uint)HashCode.Combine(server, step) % 3000);
}
