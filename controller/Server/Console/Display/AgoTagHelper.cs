using System.Globalization;
using HaiSoft.Controller.Console.Language;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace HaiSoft.Controller.Console.Display;

/// <summary><c>&lt;ago at="..."/&gt;</c>: how long ago something was; the page counts on. The exact time is its tooltip.</summary>
[HtmlTargetElement("ago", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AgoTagHelper : TagHelper
{
    private readonly Texts _texts;
    private readonly TimeProvider _time;

    /// <summary>For the container.</summary>
    public AgoTagHelper(IServiceProvider services)
    {
        _texts = services.GetRequiredService<Texts>();
        _time = services.GetRequiredService<TimeProvider>();
    }

    public DateTimeOffset? At { get; set; }

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
        output.Attributes.SetAttribute("title", ParisTime.Second(at, _texts.Messages));
        output.Attributes.SetAttribute("data-ago", at.ToUnixTimeMilliseconds());
        output.Content.SetContent(_texts["time.ago", Durations.SayRoughly(_time.GetUtcNow() - at, _texts.Messages)]);
    }
}
