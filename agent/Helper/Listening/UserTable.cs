using System.Globalization;

namespace HaiSoft.Agent.Helper.Listening;

/// <summary>Finds a system user's number in /etc/passwd (passwd(5)).</summary>
// haisoft-agent:x:981:981::/var/lib/haisoft-agent:/usr/sbin/nologin
internal static class UserTable
{
    public static uint? Find(string table, string name)
    {
        try
        {
            foreach (var line in File.ReadLines(table))
                if (line.Split(':') is { Length: >= 4 } fields && fields[0] == name
                    && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var user))
                    return user;
        }
        catch (IOException)
        {
            // Without the table only root may ask.
        }

        return null;
    }
}
