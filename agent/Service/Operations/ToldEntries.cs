using Google.Protobuf;
using HaiSoft.Agent.Linux;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Operations;

/// <summary>
/// How much of the journal of orders was told: kept, so that a restart does not tell all of it again. What is lost of it is told twice, and
/// absorbed by its number.
/// </summary>
/// <param name="path">Its file, a <see cref="ReadJournal"/>.</param>
internal sealed class ToldEntries(string path)
{
    private Dictionary<ByteString, long> _places = Read(path);
    private bool _isKept = true;

    /// <summary>As the helper is asked for the rest.</summary>
    public ReadJournal Places => new() { Known = { _places.Select(place => new JournalPlace { OrderId = place.Key, Entry = place.Value }) } };

    /// <summary>True the first time for an entry.</summary>
    public bool TryAdd(ByteString orderId, long entry)
    {
        if (entry <= _places.GetValueOrDefault(orderId))
        {
            return false;
        }

        _places[orderId] = entry;
        _isKept = false;
        return true;
    }

    /// <summary>Forgets the orders that are held no longer.</summary>
    public void KeepOnly(IEnumerable<ByteString> heldOrderIds)
    {
        HashSet<ByteString> held = [.. heldOrderIds];
        if (_places.Keys.Any(id => !held.Contains(id)))
        {
            _places = _places.Where(place => held.Contains(place.Key)).ToDictionary();
            _isKept = false;
        }
    }

    /// <summary>Everything is to be told again.</summary>
    public void Forget()
    {
        _places = [];
        _isKept = false;
    }

    /// <summary>Makes it durable, if it has changed. Only when what was told is durable itself.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Keep()
    {
        if (!_isKept)
        {
            DurableFile.Replace(path, Places.ToByteArray(), DurableFile.Private);
            _isKept = true;
        }
    }

    private static Dictionary<ByteString, long> Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? ReadJournal.Parser.ParseFrom(File.ReadAllBytes(path)).Known.GroupBy(place => place.OrderId).ToDictionary(group => group.Key, group => group.Max(place => place.Entry))
                : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            return []; // everything is told again
        }
    }
}
