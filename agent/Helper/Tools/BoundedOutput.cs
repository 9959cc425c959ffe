using System.Buffers;
using CliWrap;

namespace HaiSoft.Agent.Helper.Tools;

/// <summary>Keeps the first part of an output in memory, and says when there was more.</summary>
internal sealed class BoundedOutput(int maximumBytes, Action? onOverflow)
{
    private readonly ArrayBufferWriter<byte> _kept = new();

    /// <summary>There was more.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>What was kept.</summary>
    public ReadOnlyMemory<byte> Kept => _kept.WrittenMemory;

    /// <summary>Where a command's output goes.</summary>
    public PipeTarget Target => PipeTarget.Create(CopyAsync);

    private async Task CopyAsync(Stream origin, CancellationToken cancellationToken)
    {
        var buffer = new byte[16384];
        for (int count; (count = await origin.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            var room = maximumBytes - _kept.WrittenCount;
            _kept.Write(buffer.AsSpan(0, Math.Min(count, room)));
            if (count <= room || Overflowed)
                continue;
            Overflowed = true;
            onOverflow?.Invoke();
        }
    }
}
