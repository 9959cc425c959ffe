using System.Text.RegularExpressions;

namespace HaiSoft.Controller.Requests;

/// <summary>A request as given.</summary>
internal sealed partial record RequestDraft
{
    /// <summary>Characters that the words have at most.</summary>
    public const int LongestWords = 4000;

    private const int MostPackages = 50;
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    /// <summary>What is asked for; absent when it was not said.</summary>
    public RequestKind? Kind { get; init; }

    /// <summary>Names of servers, all of one customer.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    public IReadOnlyList<string> Packages { get; init; } = [];

    public IReadOnlyList<UpdatedComponent> Components { get; init; } = [];

    /// <summary>What is to be monitored: <c>systemd:UNIT</c>, <c>tcp:PORT</c> or the address of a site on the server itself.</summary>
    public string Check { get; init; } = "";

    public string Words { get; init; } = "";

    /// <summary>The window wished for; both absent when any time does.</summary>
    public DateTimeOffset? WindowFrom { get; init; }

    public DateTimeOffset? WindowUntil { get; init; }

    /// <summary>What could not be read at all.</summary>
    public IReadOnlyList<RequestFault> Unreadable { get; init; } = [];

    /// <summary>Every fault of the draft taken by itself.</summary>
    public IEnumerable<RequestFault> Faults(DateTimeOffset now) => [.. Unreadable, .. KindFaults(), .. CommonFaults(), .. WindowFaults(now)];

    /// <summary>What is stored of it. Only of a draft without faults.</summary>
    public RequestDetails ToDetails() => new(
        Kind == RequestKind.InstallPackages ? [.. Packages.Distinct(StringComparer.Ordinal)] : [],
        Kind == RequestKind.UpdateComponents ? [.. Components.Distinct().Order()] : [],
        Kind == RequestKind.MonitorService ? ServiceText.Parse(Check) : null,
        Words.Trim());

    private IEnumerable<RequestFault> KindFaults() => Kind switch
    {
        RequestKind.InstallPackages => PackageFaults(),
        RequestKind.UpdateComponents when Components.Count == 0 || !Components.All(Enum.IsDefined) =>
            [new("components", "say what is to be updated: php, mysql, apache, plesk, perl or security")],
        RequestKind.MonitorService when ServiceText.Parse(Check) is not { } service =>
            [new("check", $"'{Check}' cannot be monitored: write systemd:mariadb.service, tcp:3306 or https://shop.example/", Check)],
        RequestKind.MonitorService => ServiceText.Parse(Check)!.Faults().Select(fault => new RequestFault("check", fault, Check)),
        RequestKind.MailHelp or RequestKind.Other when string.IsNullOrWhiteSpace(Words) => [new("words", "say in words what is wished")],
        RequestKind.UpdateComponents or RequestKind.MailHelp or RequestKind.Other => [],
        _ => [new("kind", "say what is asked for: install, update, monitor, mail or other")],
    };

    private IEnumerable<RequestFault> PackageFaults()
    {
        if (Packages.Count is 0 or > MostPackages)
            yield return new("packages", $"name 1 to {MostPackages} packages: php-mbstring, redis");
        foreach (string package in Packages.Where(package => !PackageName.IsMatch(package)))
            yield return new("package", $"'{package}' is not the name of an RPM package: write it as php-mbstring", package);
    }

    private IEnumerable<RequestFault> CommonFaults()
    {
        if (Servers.Count == 0)
            yield return new("no-servers", "say for which server");
        if (Words.Length > LongestWords)
            yield return new("words-too-long", $"the words have at most {LongestWords} characters");
    }

    private IEnumerable<RequestFault> WindowFaults(DateTimeOffset now)
    {
        if (WindowFrom is null != WindowUntil is null)
            yield return new("window-half", "a window has a beginning and an end: give both, or neither");
        else if (WindowUntil <= WindowFrom)
            yield return new("window-order", "the window ends before it begins");
        else if (WindowUntil <= now)
            yield return new("window-past", "the window is over already: choose a later one");
        else if (WindowFrom - now > Farthest)
            yield return new("window-far", "the window begins in more than a year: choose an earlier one");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,127}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PackageName { get; }
}
