using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Framing;

/// <summary>
/// Writes messages of one call, one at a time, each behind its five bytes of flag and length. A message that tells
/// its length beforehand goes to the output without a copy.
/// </summary>
internal sealed class FrameWriter(int? maxSize) : SerializationContext, IBufferWriter<byte>
{
    private const int HeaderSize = 5;

    private readonly PooledBuffer _gathered = new();
    private IBufferWriter<byte>? _output;
    private int? _announced;
    private int _written;
    private bool _direct;
    private bool _completed;

    /// <summary>How messages are compressed; null for not at all.</summary>
    public ICompressionProvider? Compression { get; set; }

    public CompressionLevel? CompressionLevel { get; set; }

    private bool Compresses { get; set; }

    /// <summary>Writes one message. After an exception the output may hold a part of it, unless <see cref="IsOutputIntact"/>.</summary>
    public void Write<T>(IBufferWriter<byte> output, T message, Action<T, SerializationContext> serializer, bool compress)
    {
        _output = output;
        _announced = null;
        _written = 0;
        _direct = false;
        _completed = false;
        Compresses = compress && Compression is not null;
        try
        {
            serializer(message, this);
            if (!_completed)
            {
                throw new InvalidOperationException("The serializer did not complete the message.");
            }
        }
        finally
        {
            _gathered.Release();
            _output = null;
        }
    }

    /// <summary>Whether a failed write left nothing of its message in the output.</summary>
    public bool IsOutputIntact => !_direct;

    public override void SetPayloadLength(int payloadLength)
    {
        CheckSize(payloadLength);
        _announced = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_announced is { } length && !Compresses && !_direct)
        {
            WriteHeader(length, compressed: false);
            _direct = true;
        }

        return _direct ? this : _gathered;
    }

    public override void Complete()
    {
        if (_direct)
        {
            if (_written != _announced)
            {
                throw new InvalidOperationException($"The message was announced with {_announced} bytes and has {_written}.");
            }
        }
        else
        {
            Finish(_gathered.Written.Span);
        }

        _completed = true;
    }

    public override void Complete(byte[] payload)
    {
        Finish(payload);
        _completed = true;
    }

    void IBufferWriter<byte>.Advance(int count)
    {
        _written += count;
        _output!.Advance(count);
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => _output!.GetMemory(sizeHint);

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => _output!.GetSpan(sizeHint);

    private void Finish(ReadOnlySpan<byte> payload)
    {
        CheckSize(payload.Length);
        if (!Compresses || payload.IsEmpty)
        {
            WriteHeader(payload.Length, compressed: false);
            _output!.Write(payload);
            return;
        }

        var compressed = new PooledBuffer();
        try
        {
            using (var stream = Compression!.CreateCompressionStream(new BufferStream(compressed), CompressionLevel))
            {
                stream.Write(payload);
            }

            WriteHeader(compressed.Length, compressed: true);
            _output!.Write(compressed.Written.Span);
        }
        finally
        {
            compressed.Release();
        }
    }

    private void WriteHeader(int length, bool compressed)
    {
        var header = _output!.GetSpan(HeaderSize + (compressed ? 0 : Math.Min(length, 4096)));
        header[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)length);
        _output.Advance(HeaderSize);
    }

    private void CheckSize(int length)
    {
        if (length > maxSize)
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, $"The message to send has {length} bytes; {maxSize} are allowed."));
        }
    }
}
