using System.Text;

namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>
/// Texts that do harm where somebody makes a command, an option, a path, a macro or a format of them: each would make the canary's file,
/// and bears its name.
/// </summary>
/// <param name="canary">The path of a file that must never appear.</param>
internal sealed class HostileText(string canary, Random random)
{
    private const int Longest = 100_000;

    // {0} is the canary's path, {1} a command that makes it.
    private static readonly string[] Shapes =
    [
        "{0}", "$({1})", "`{1}`", ";{1};", "&&{1}", "||{1}", "|{1}", "\n{1}\n", "\r\n{1}\r\n", "';{1};'", "\";{1};\"", "\\n{1}", "${{IFS}}{1}", "x$(({1}))",
        "\0{1}", "app\0{0}", "app {0}", "app;{1}", "app\n{0}", "-y\t{0}", "-c{0}", "--config={0}", "--installroot={0}", "--setopt=pluginpath={0}", "--setopt=reposdir={0}",
        "--root={0}", "--dbpath={0}", "--define=_x %({1})", "--property=ExecStartPre={1}", "--unit={0}", "--", "-- {0}", "%({1})", "%{{lua:os.execute('{1}')}}", "%{{load:{0}}}",
        "../../../../../..{0}", "..{0}", "/..{0}", "./{0}", "file://{0}", "https://x/$({1})", "@{0}", "{0}*", "{0}?", "[{0}]", "~{0}", "$HOME{0}",
        "%s%n%x%p{0}", "{{0}}{{1}}{0}", "{{{{{0}}}}}", "{{%{0}%}}", "$basearch{0}", "$releasever{0}",
        "\u202E{0}", "\uFEFF{0}", "\u200B{0}", "\uFF0D\uFF0Dconfig={0}", "\uFF04({1})", "\u037E{1}", "a\u0301{0}", "\U0001F600{0}",
        "\u001B]0;{0}\u0007", "<!--{0}-->", "' or 1=1 --{0}", "{0}.service", "app.service;{1}", "app@$({1}).service", "{0}\\x2f.service", "0:1.0-1;{1}", "1.0~{0}", "\\u0024({1})",
    ];

    /// <summary>Another one.</summary>
    public string Next()
    {
        StringBuilder text = new(Shape());
        if (random.Next(3) == 0)
            text.Insert(random.Next(2) * text.Length, Shape());
        if (random.Next(8) == 0)
            text.Insert(0, "app");
        if (random.Next(8) == 0)
            text.Insert(random.Next(text.Length), char.ConvertFromUtf32(random.Next(1, 0xD800)));
        if (random.Next(50) == 0)
            text.Insert(0, new string('A', random.Next(Longest)));
        return text.ToString();
    }

    private string Shape() => string.Format(System.Globalization.CultureInfo.InvariantCulture, Shapes[random.Next(Shapes.Length)], canary, $"touch {canary}");
}
