using System.Text.Json;
using HaiSoft.Agent.Helper.Tools;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>
/// Has dnf resolve, by resolve.py: its program is this assembly's, its input JSON, and nothing that comes from outside is ever part of
/// a command.
/// </summary>
/// <param name="tool">Runs it.</param>
/// <param name="python">The system's own, for which dnf is made.</param>
/// <param name="within">Its time limit.</param>
internal sealed class Dnf(PackageTool tool, string python, TimeSpan within)
{
    private static readonly string Program = ReadProgram();

    /// <summary>This machine's.</summary>
    public static Dnf OfSystem(PackageTool tool) => new(tool, "/usr/bin/python3", TimeSpan.FromMinutes(8));

    /// <summary>What it resolved; its files lie where the request says.</summary>
    /// <exception cref="PlanRefused">It did not.</exception>
    public async Task<DnfPlan> ResolveAsync(DnfRequest request, CancellationToken cancellationToken) =>
        (await AskAsync(request, cancellationToken)).Plan ?? throw NotUnderstood();

    /// <summary>SHA-256 of what is installed, hexadecimal.</summary>
    /// <exception cref="PlanRefused">It cannot be told.</exception>
    public async Task<string> PackageStateAsync(DnfRequest request, CancellationToken cancellationToken) =>
        (await AskAsync(request, cancellationToken)).PackageStateHash ?? throw NotUnderstood();

    private async Task<DnfAnswer> AskAsync(DnfRequest request, CancellationToken cancellationToken)
    {
        var input = JsonSerializer.SerializeToUtf8Bytes(request, DnfJson.Default.DnfRequest);
        var result = await tool.RunAsync(python, ["-I", "-c", Program], input, within, cancellationToken);
        return result.End switch
        {
            ToolEnd.Ended when result.ExitStatus == 0 => Read(result.Output.Span),
            ToolEnd.NotStarted => throw new PlanRefused(PlanRefusalReason.NotSupported, $"This server has no {python} that could be started: {result.Error}"),
            ToolEnd.TimedOut => throw new PlanRefused(PlanRefusalReason.TimedOut, $"dnf did not end within {within.TotalSeconds:0} s and was killed."),
            _ => throw new PlanRefused(PlanRefusalReason.Helper, $"dnf failed ({result.End}, {result.ExitStatus}): {result.Error}"),
        };
    }

    private static DnfAnswer Read(ReadOnlySpan<byte> output)
    {
        try
        {
            var answer = JsonSerializer.Deserialize(output, DnfJson.Default.DnfAnswer) ?? throw NotUnderstood();
            return answer.Refusal is { } refusal ? throw new PlanRefused(ReasonOf(refusal.Reason), refusal.Detail) : answer;
        }
        catch (JsonException ex)
        {
            throw new PlanRefused(PlanRefusalReason.Helper, $"What dnf answered is not understood: {ex.Message}");
        }
    }

    private static PlanRefused NotUnderstood() => new(PlanRefusalReason.Helper, "dnf answered nothing.");

    private static PlanRefusalReason ReasonOf(string name) =>
        Enum.TryParse<PlanRefusalReason>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var reason) && reason != PlanRefusalReason.Unspecified
            ? reason
            : PlanRefusalReason.Helper;

    private static string ReadProgram()
    {
        using var stream = typeof(Dnf).Assembly.GetManifestResourceStream("resolve.py")
            ?? throw new InvalidOperationException("resolve.py is not in this assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
