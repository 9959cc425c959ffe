namespace HaiSoft.Controller;

/// <summary>What <c>haisoft-controller</c> was told to do.</summary>
/// <param name="Verb">"serve" when none was named.</param>
/// <param name="Own">The verb's own arguments by name: "--to" and its value; a switch has an empty one.</param>
/// <param name="Settings">The rest: <c>--Controller:OPTION=VALUE</c>.</param>
internal sealed record CommandLine(string Verb, IReadOnlyDictionary<string, string> Own, string[] Settings)
{
    public const string Serve = "serve";
    public const string SignInLink = "sign-in-link";
    public const string Backup = "backup";
    public const string Restore = "restore";

    private static readonly Dictionary<string, (string[] Valued, string[] Switches)> Verbs = new(StringComparer.Ordinal)
    {
        [Serve] = ([], []),
        [SignInLink] = ([], []),
        [Backup] = (["--to"], []),
        [Restore] = (["--from"], ["--replace"]),
    };

    /// <summary>Reads the arguments.</summary>
    /// <returns>The command line, or what is not understood.</returns>
    public static (CommandLine? Understood, string Fault) Parse(IReadOnlyList<string> args)
    {
        bool named = args is [{ } first, ..] && !first.StartsWith("--", StringComparison.Ordinal);
        string verb = named ? args[0] : Serve;
        if (!Verbs.TryGetValue(verb, out (string[] Valued, string[] Switches) known))
            return (null, $"'{verb}' is not understood.");
        Dictionary<string, string> own = new(StringComparer.Ordinal);
        List<string> settings = [];
        for (int i = named ? 1 : 0; i < args.Count; i++)
        {
            (string name, string? value) = args[i].IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (args[i][..at], args[i][(at + 1)..]) : (args[i], null);
            if (known.Switches.Contains(name) && value is null)
                own[name] = "";
            else if (!known.Valued.Contains(name))
                settings.Add(args[i]);
            else if ((value ?? args.ElementAtOrDefault(++i)) is { Length: > 0 } given)
                own[name] = given;
            else
                return (null, $"{verb} {name} needs a value.");
        }

        return known.Valued.FirstOrDefault(name => !own.ContainsKey(name)) is { } missing
            ? (null, $"{verb} needs {missing}.")
            : (new(verb, own, [.. settings]), "");
    }
}
