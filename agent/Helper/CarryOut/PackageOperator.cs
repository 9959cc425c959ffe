using System.Text;
using System.Text.Json;
using CliWrap;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Helper.Tools;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.CarryOut;

/// <summary>
/// Has dnf change packages, by operate.py: its program is this assembly's, its input JSON made of an approved plan. What it tells while it
/// works goes into the order's journal as it comes.
/// </summary>
/// <param name="tool">Runs it.</param>
/// <param name="keys">The keys that the plan's files are signed with.</param>
/// <param name="root">The root of the system whose packages these are: "/".</param>
/// <param name="lockPatience">How long another program may hold the package manager's lock.</param>
internal sealed class PackageOperator(PackageTool tool, KeyRings keys, string root, TimeSpan lockPatience)
{
    private const string Python = "/usr/bin/python3";
    private static readonly TimeSpan LookWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ChangeWithin = TimeSpan.FromHours(2);
    private static readonly string Program = ReadProgram();

    /// <summary>What is installed of the plan's packages, and what does not hold together; null when that cannot be told.</summary>
    public async Task<Found?> LookAsync(HeldOrder order, ReadyPlan plan, CancellationToken cancellationToken)
    {
        Found? found = null;
        var result = await RunAsync("look", order, plan, line => found = line.Found, LookWithin, cancellationToken);
        if (found is null)
            await Console.Error.WriteLineAsync($"haisoft-helper: what is installed cannot be told ({result.End}, {result.ExitStatus}): {result.Error}");
        return found;
    }

    /// <summary>Changes packages as the plan says.</summary>
    /// <returns>How it ended; null when it was broken off.</returns>
    public Task<OperateEnd?> ChangeAsync(HeldOrder order, ReadyPlan plan, CancellationToken cancellationToken) => RunAsync("change", order, plan, cancellationToken);

    /// <summary>Does once more what was broken off.</summary>
    /// <returns>How it ended; null when it was broken off again.</returns>
    public Task<OperateEnd?> RepairAsync(HeldOrder order, ReadyPlan plan, CancellationToken cancellationToken) => RunAsync("repair", order, plan, cancellationToken);

    private async Task<OperateEnd?> RunAsync(string verb, HeldOrder order, ReadyPlan plan, CancellationToken cancellationToken)
    {
        OperateEnd? end = null;
        var output = order.Output();
        var result = await RunAsync(verb, order, plan, Take, ChangeWithin, cancellationToken);
        if (end is null && result.Error.Length > 0)
            order.Append(output.Add(result.Error));
        return end;

        void Take(OperateLine line)
        {
            end = line.Ended ?? end;
            if (line.Output is { Length: > 0 } text)
                order.Append(output.Add(text));
            if (line.Progress is { } progress && Enum.TryParse<OrderPhase>(progress.Phase, ignoreCase: true, out var phase))
                order.Append(new OrderProgress { Phase = phase, Done = progress.Done, Total = progress.Total, Subject = progress.Subject });
        }
    }

    // The order's id is its last argument for whoever looks at the processes of the server.
    private Task<ToolResult> RunAsync(string verb, HeldOrder order, ReadyPlan plan, Action<OperateLine> take, TimeSpan within, CancellationToken cancellationToken) =>
        tool.RunAsync(
            Python,
            ["-I", "-c", Program, verb, order.Id],
            JsonSerializer.SerializeToUtf8Bytes(Request(verb, order, plan), OperateJson.Default.OperateRequest),
            PipeTarget.ToDelegate(line => Read(line, take)),
            within,
            cancellationToken);

    private OperateRequest Request(string verb, HeldOrder order, ReadyPlan plan)
    {
        var files = new WorkFiles(order);
        return new(
            verb,
            root,
            files.Work,
            files.Lock,
            files.FailedScriptsFile,
            files.EndFile,
            [.. plan.Content.Changes.Where(change => change.File is not null).Select(change => keys.FileOf(change.File.KeyFingerprint)).Distinct()],
            (int)lockPatience.TotalSeconds,
            [.. plan.Content.Changes.Select(change => Write(change, plan.FileOf(change)))]);
    }

    private static OperateChange Write(PackageChange change, string file) =>
        new(change.Action.ToString().ToUpperInvariant(), change.Name, change.Architecture, change.OldVersion, change.NewVersion, file);

    private static void Read(string line, Action<OperateLine> take)
    {
        try
        {
            if (JsonSerializer.Deserialize(line, OperateJson.Default.OperateLine) is { } told)
                take(told);
        }
        catch (JsonException)
        {
            // A line that was cut off when the program was killed.
        }
    }

    private static string ReadProgram()
    {
        using var stream = typeof(PackageOperator).Assembly.GetManifestResourceStream("operate.py")
            ?? throw new InvalidOperationException("operate.py is not in this assembly");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
