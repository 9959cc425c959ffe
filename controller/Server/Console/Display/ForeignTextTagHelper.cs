using Microsoft.AspNetCore.Razor.TagHelpers;

namespace HaiSoft.Controller.Console.Display;

/// <summary><c>&lt;foreign text="..."/&gt;</c>: text that people or agents gave, isolated (&lt;bdi&gt;), encoded, its invisible characters named.</summary>
[HtmlTargetElement("foreign", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ForeignTextTagHelper : TagHelper
{
    public string? Text { get; set; }

    /// <summary>Characters that are shown at most; of a longer text the rest is cut.</summary>
    public int Longest { get; set; } = VisibleText.MaximumLength;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "bdi";
        output.TagMode = TagMode.StartTagAndEndTag;
        foreach (var piece in VisibleText.Pieces(Text, Longest))
        {
            if (piece.Escaped)
                output.Content.AppendHtml("<span class=\"unseen\">").Append(piece.Text).AppendHtml("</span>");
            else
                output.Content.Append(piece.Text);
        }
    }
}
