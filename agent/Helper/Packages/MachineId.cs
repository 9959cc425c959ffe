using System.Security.Cryptography;
using System.Text;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>The server as orders name it: /etc/machine-id hashed with our own name, as machine-id(5) asks; the same that enrolment tells.</summary>
internal static class MachineId
{
    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static string Read(string root)
    {
        var id = File.ReadAllText(Path.Combine(root, "etc/machine-id")).Trim();
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(id), "haisoft-agent"u8));
    }
}
