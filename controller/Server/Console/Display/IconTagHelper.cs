using System.Collections.Concurrent;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace HaiSoft.Controller.Console.Display;

/// <summary>
/// <c>&lt;icon name="server"/&gt;</c>: an icon of wwwroot/lib/icons, drawn in the page so that it takes the text's colour. It is decoration:
/// the words beside it say the same.
/// </summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper(IWebHostEnvironment environment) : TagHelper
{
    private static readonly ConcurrentDictionary<string, string> Drawn = new(StringComparer.Ordinal);

    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Drawn.GetOrAdd(Name, Draw));
    }

    private string Draw(string name)
    {
        var file = environment.WebRootFileProvider.GetFileInfo($"lib/icons/{name}.svg");
        if (!file.Exists)
            return "";
        using var reader = new StreamReader(file.CreateReadStream());
        var svg = reader.ReadToEnd();
        return svg.Replace("<svg", "<svg aria-hidden=\"true\" focusable=\"false\"", StringComparison.Ordinal).ReplaceLineEndings(" ");
    }
}
