using System.Globalization;
using System.Text.Json;

namespace HaiSoft.Agent.Configuration;

/// <summary>
/// One object of the configuration file. Each option is asked for by name with its default and range; what is wrong is
/// noted, the default used, and names that nobody asked for are told, so that all errors come out together.
/// </summary>
internal sealed class ConfigurationSection
{
    private readonly JsonElement? _element;
    private readonly List<string> _errors;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<ConfigurationSection> _inner = [];

    public ConfigurationSection(JsonElement? element, string path, List<string> errors)
    {
        _errors = errors;
        Path = path;
        if (element is { ValueKind: not JsonValueKind.Object } wrong)
        {
            Refuse($"is {Name(wrong)} and should be an object {{ … }}");
        }
        else
        {
            _element = element;
        }
    }

    /// <summary>Where it is in the file: "services.checks[2]"; empty for the whole.</summary>
    public string Path { get; }

    /// <summary>A section without anything: every option has its default.</summary>
    public static ConfigurationSection Empty() => new(null, "", []);

    /// <summary>True when the option is written in the file.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A section inside this one; an empty one when it is not written.</summary>
    public ConfigurationSection Section(string name) => Add(new ConfigurationSection(Find(name), At(name), _errors));

    /// <summary>The sections of a list; none when it is not written.</summary>
    public IReadOnlyList<ConfigurationSection> Items(string name)
    {
        List<ConfigurationSection> items = [];
        if (Find(name) is { } list)
        {
            if (list.ValueKind != JsonValueKind.Array)
            {
                RefuseAt(name, $"is {Name(list)} and should be a list [ … ]");
                return items;
            }

            foreach (JsonElement item in list.EnumerateArray())
            {
                items.Add(Add(new ConfigurationSection(item, string.Create(CultureInfo.InvariantCulture, $"{At(name)}[{items.Count}]"), _errors)));
            }
        }

        return items;
    }

    public int Integer(string name, int byDefault, int minimum, int maximum)
    {
        if (Find(name) is not { } value)
        {
            return byDefault;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        RefuseAt(name, string.Create(CultureInfo.InvariantCulture, $"should be a whole number from {minimum} to {maximum}"));
        return byDefault;
    }

    /// <summary>A time span, written as a number with its unit: "10s", "5m", "24h".</summary>
    public TimeSpan Duration(string name, TimeSpan byDefault, TimeSpan minimum, TimeSpan maximum)
    {
        if (Find(name) is not { } value)
        {
            return byDefault;
        }

        if (value.ValueKind == JsonValueKind.String
            && DurationText.Parse(value.GetString()!) is { } duration
            && duration >= minimum
            && duration <= maximum)
        {
            return duration;
        }

        RefuseAt(name, $"should be a time from {DurationText.Format(minimum)} to {DurationText.Format(maximum)}, such as \"{DurationText.Format(byDefault)}\"");
        return byDefault;
    }

    public bool Flag(string name, bool byDefault)
    {
        switch (Find(name)?.ValueKind)
        {
            case null:
                return byDefault;
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                RefuseAt(name, "should be true or false");
                return byDefault;
        }
    }

    /// <summary>A text; <c>null</c> when it is not written.</summary>
    public string? Text(string name, int maximumLength = 255)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= maximumLength)
        {
            return text;
        }

        RefuseAt(name, string.Create(CultureInfo.InvariantCulture, $"should be a text of 1 to {maximumLength} characters"));
        return null;
    }

    /// <summary>An absolute path.</summary>
    public string AbsolutePath(string name, string byDefault)
    {
        string? text = Text(name);
        if (text is null || text[0] == '/')
        {
            return text ?? byDefault;
        }

        RefuseAt(name, "should be an absolute path, beginning with a slash");
        return byDefault;
    }

    /// <summary>One of an enumeration's names, in small letters.</summary>
    public T Choice<T>(string name, T byDefault)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return byDefault;
        }

        foreach (T choice in Enum.GetValues<T>())
        {
            if (string.Equals(choice.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        RefuseAt(name, $"is \"{text}\" and should be one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");
        return byDefault;
    }

    /// <summary>Notes an error of this section as a whole.</summary>
    public void Refuse(string problem) => _errors.Add(Path.Length == 0 ? "The configuration " + problem : $"{Path} {problem}");

    /// <summary>Notes an error of one option.</summary>
    public void RefuseAt(string name, string problem) => _errors.Add($"{At(name)} {problem}");

    /// <summary>Notes every option that nobody asked for, here and below.</summary>
    public void RefuseUnknown()
    {
        if (_element is { } element)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (!_asked.Contains(property.Name))
                {
                    RefuseAt(property.Name, "is not an option of this agent; look at its spelling");
                }
            }
        }

        foreach (ConfigurationSection inner in _inner)
        {
            inner.RefuseUnknown();
        }
    }

    private static string Name(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a text",
        JsonValueKind.Object => "an object",
        _ => "a single value",
    };

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return _element is { } element && element.TryGetProperty(name, out JsonElement value) ? value : null;
    }

    private ConfigurationSection Add(ConfigurationSection section)
    {
        _inner.Add(section);
        return section;
    }

    private string At(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
