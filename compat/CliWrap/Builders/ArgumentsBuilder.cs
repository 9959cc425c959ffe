using System.Text;

namespace CliWrap.Builders;

/// <summary>Makes one command line of arguments.</summary>
public class ArgumentsBuilder
{
    private readonly StringBuilder _line = new();

    /// <summary>Adds an argument; what is escaped arrives as it is, whatever it contains.</summary>
    public ArgumentsBuilder Add(string value, bool escape)
    {
        if (_line.Length > 0)
            _line.Append(' ');
        if (escape)
            AppendEscaped(value);
        else
            _line.Append(value);
        return this;
    }

    /// <summary>Adds an argument, escaped.</summary>
    public ArgumentsBuilder Add(string value) => Add(value, escape: true);

    /// <summary>Adds arguments.</summary>
    public ArgumentsBuilder Add(IEnumerable<string> values, bool escape)
    {
        foreach (var value in values)
            Add(value, escape);
        return this;
    }

    /// <summary>Adds arguments, escaped.</summary>
    public ArgumentsBuilder Add(IEnumerable<string> values) => Add(values, escape: true);

    /// <summary>The command line.</summary>
    public string Build() => _line.ToString();

    // The rules by which System.Diagnostics.Process splits a line (those of CommandLineToArgvW): a backslash means itself,
    // unless a run of them stands before a quote.
    private void AppendEscaped(string value)
    {
        if (value.Length > 0 && value.All(c => !char.IsWhiteSpace(c) && c != '"'))
        {
            _line.Append(value);
            return;
        }

        _line.Append('"');
        var backslashes = 0;
        foreach (var character in value)
        {
            if (character == '"')
                _line.Append('\\', backslashes + 1);
            backslashes = character == '\\' ? backslashes + 1 : 0;
            _line.Append(character);
        }

        _line.Append('\\', backslashes).Append('"');
    }
}
