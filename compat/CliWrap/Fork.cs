using System.IO.Pipelines;

namespace CliWrap;

/// <summary>One output for several targets.</summary>
internal static class Fork
{
    /// <summary>Gives every part of <paramref name="origin"/> to each target; the slowest sets the pace.</summary>
    public static async Task CopyAsync(Stream origin, IReadOnlyList<PipeTarget> targets, CancellationToken cancellationToken)
    {
        var pipes = targets.Select(_ => new Pipe()).ToArray();
        var readers = targets.Select((target, i) => ReadAsync(target, pipes[i].Reader, cancellationToken)).ToArray();
        try
        {
            var buffer = new byte[8192];
            for (int count; (count = await origin.ReadAsync(buffer, cancellationToken)) > 0;)
                foreach (var pipe in pipes)
                    await pipe.Writer.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
        finally
        {
            foreach (var pipe in pipes)
                await pipe.Writer.CompleteAsync();
        }

        await Task.WhenAll(readers);
    }

    private static async Task ReadAsync(PipeTarget target, PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            await target.CopyFromAsync(reader.AsStream(leaveOpen: true), cancellationToken);
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }
}
