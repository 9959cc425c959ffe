using System.Globalization;
using HaiSoft.Controller.Console.Language;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace HaiSoft.Controller.Console.Display;

/// <summary><c>&lt;moment at="..."/&gt;</c>: an instant on the company's clock, with its zone. With <c>seconds</c> to the second.</summary>
[HtmlTargetElement("moment", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MomentTagHelper : TagHelper
{
    private readonly Texts _texts;

    /// <summary>For the container.</summary>
    public MomentTagHelper(IServiceProvider services) => _texts = services.GetRequiredService<Texts>();

    public DateTimeOffset? At { get; set; }

    public bool Seconds { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (At is not { } at)
        {
            output.TagName = null;
            output.Content.SetContent(_texts["time.never"]);
            return;
        }

        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        output.Content.SetContent(Seconds ? ParisTime.Second(at, _texts.Messages) : ParisTime.Minute(at, _texts.Messages));
    }
}
