using System.Buffers;

namespace Grpc.Core;

/// <summary>Where one message is serialised to.</summary>
public abstract class SerializationContext
{
    /// <summary>Ends the message with these bytes, which the context keeps.</summary>
    public virtual void Complete(byte[] payload) => throw new NotSupportedException();

    /// <summary>Gets where the bytes go; <see cref="Complete()"/> ends the message.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotSupportedException();

    /// <summary>Tells how many bytes will be written, before the first of them.</summary>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    public virtual void Complete() => throw new NotSupportedException();
}
