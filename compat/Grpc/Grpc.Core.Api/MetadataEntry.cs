using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One name (always in lower case) with a text, or with bytes when the name ends with <c>-bin</c>.</summary>
    public class Entry
    {
        private static readonly SearchValues<char> NameCharacters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz_-.");

        private readonly string? _value;
        private readonly byte[]? _bytes;

        public Entry(string key, string value)
        {
            Key = Normalise(key);
            ArgumentNullException.ThrowIfNull(value);
            if (IsBinary)
            {
                throw new ArgumentException($"The name '{Key}' ends with '{BinaryHeaderSuffix}': its value must be bytes.", nameof(key));
            }

            _value = value;
        }

        public Entry(string key, byte[] valueBytes)
        {
            Key = Normalise(key);
            ArgumentNullException.ThrowIfNull(valueBytes);
            if (!IsBinary)
            {
                throw new ArgumentException($"The name '{Key}' must end with '{BinaryHeaderSuffix}' for its value to be bytes.", nameof(key));
            }

            _bytes = (byte[])valueBytes.Clone();
        }

        public string Key { get; }

        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        public string Value => _value ?? throw new InvalidOperationException($"'{Key}' holds bytes, not text.");

        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_value!) : (byte[])_bytes.Clone();

        internal ReadOnlySpan<byte> RawBytes => _bytes;

        /// <summary>Whether this, in lower case, may name an entry.</summary>
        internal static bool IsName(string key) => key.Length > 0 && !key.AsSpan().ContainsAnyExcept(NameCharacters);

        public override string ToString() => IsBinary
            ? $"[Entry: key={Key}, valueBytes={Convert.ToBase64String(_bytes!)}]"
            : $"[Entry: key={Key}, value={_value}]";

        private static string Normalise(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            var name = key.ToLowerInvariant();
            if (!IsName(name))
            {
                throw new ArgumentException($"'{key}' is no metadata name: letters, digits, '_', '-' and '.' are allowed.", nameof(key));
            }

            return name;
        }
    }
}
