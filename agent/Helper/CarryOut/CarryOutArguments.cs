using HaiSoft.Protocol.Trust.Orders;

namespace HaiSoft.Agent.Helper.CarryOut;

/// <summary>How the process that carries an order out was started: <c>carry-out ID [--state FOLDER] [--system FOLDER]</c>.</summary>
/// <param name="OrderId">32 lower-case hexadecimal digits.</param>
/// <param name="StateFolder">Where the helper keeps what it keeps.</param>
/// <param name="SystemRoot">The root of the system whose packages are changed.</param>
internal sealed record CarryOutArguments(string OrderId, string StateFolder, string SystemRoot)
{
    /// <summary>The arguments; null when they are something else.</summary>
    public static CarryOutArguments? Read(IReadOnlyList<string> args, string stateFolder)
    {
        if (args is not ["carry-out", { Length: 2 * OrderRules.IdLength } id, ..] || !id.All(char.IsAsciiHexDigitLower) || args.Count % 2 != 0)
            return null;
        var read = new CarryOutArguments(id, stateFolder, "/");
        for (var i = 2; i < args.Count; i += 2)
        {
            if (!Path.IsPathFullyQualified(args[i + 1]))
                return null;
            if (args[i] == "--state")
                read = read with { StateFolder = args[i + 1] };
            else if (args[i] == "--system")
                read = read with { SystemRoot = args[i + 1] };
            else
                return null;
        }

        return read;
    }
}
