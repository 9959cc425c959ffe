using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace HaiSoft.Controller.Console.Language;

/// <summary>The console's sentences in one language, by key. Every language has the same keys; a test holds them to it.</summary>
internal sealed class Messages
{
    public static readonly Messages English = Load("en");
    public static readonly Messages French = Load("fr");

    /// <summary>The languages there are, as on the switch.</summary>
    public static readonly IReadOnlyList<Messages> All = [English, French];

    private readonly FrozenDictionary<string, string> _sentences;

    private Messages(string language, FrozenDictionary<string, string> sentences)
    {
        Language = language;
        _sentences = sentences;
    }

    /// <summary>The language's code, "en" or "fr".</summary>
    public string Language { get; }

    public IEnumerable<string> Keys => _sentences.Keys;

    /// <summary>A sentence; its key when there is none, so that a page is never lost for a word.</summary>
    public string this[string key] => _sentences.GetValueOrDefault(key, key);

    /// <summary>A sentence with its blanks filled.</summary>
    public string this[string key, params object[] blanks] => string.Format(CultureInfo.InvariantCulture, this[key], blanks);

    /// <summary>A sentence about a number: KEY.one or KEY.other, as the language counts.</summary>
    public string Count(string key, int number) =>
        this[$"{key}.{(number == 1 || (number == 0 && Language == "fr") ? "one" : "other")}", number];

    /// <summary>The best of what a browser asks for: a weighted list ("fr-FR, fr;q=0.9, en;q=0.5"). English when it asks for neither.</summary>
    public static Messages BestFor(string? acceptLanguage) =>
        (acceptLanguage ?? "").Split(',')
            .Select(part => part.Split(';'))
            .Select(part => (Tag: part[0].Trim(), Weight: WeightOf(part)))
            .OrderByDescending(part => part.Weight)
            .Select(part => All.FirstOrDefault(m => part.Weight > 0 && part.Tag.StartsWith(m.Language, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(m => m is not null) ?? English;

    private static double WeightOf(string[] part) =>
        part.Length > 1
        && part[1].Trim() is ['q', '=', .. var weight]
        && double.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : 1;

    private static Messages Load(string language)
    {
        using var stream = typeof(Messages).Assembly.GetManifestResourceStream($"Messages.messages.{language}.json")
            ?? throw new InvalidOperationException($"The program was built without messages.{language}.json.");
        var sentences = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
        return new Messages(language, sentences.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
