using System.Globalization;
using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Services;

/// <summary>Which TCP ports something on this server listens on, from /proc/net/tcp and tcp6.</summary>
internal static class ListeningPorts
{
    private const string Listen = "0A";

    /// <summary>Something listens on the port, on an address that this server's own loopback reaches.</summary>
    public static bool Contains(FileRoots roots, int port) => Contains(roots.InProc("net/tcp"), port) || Contains(roots.InProc("net/tcp6"), port);

    private static bool Contains(string path, int port)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        foreach (string line in File.ReadLines(path))
        {
            //   sl  local_address rem_address   st …
            //    0: 00000000:0050 00000000:0000 0A …
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 3
                && fields[3] == Listen
                && int.TryParse(fields[1].AsSpan(fields[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int local)
                && local == port)
            {
                return true;
            }
        }

        return false;
    }
}
