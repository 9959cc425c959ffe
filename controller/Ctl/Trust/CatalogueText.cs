using System.Text;
using System.Text.Json;
using Google.Protobuf;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Trust;

/// <summary>A catalogue as people edit it: JSON with comments (<c>//</c>), the names of its fields as in the protos.</summary>
internal static class CatalogueText
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithIndentation());
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>True for a text file; a sealed one begins otherwise.</summary>
    public static bool IsText(ReadOnlySpan<byte> content) => content.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'/', ..];

    /// <summary>The text, with what each part is for above it.</summary>
    public static string Write(Catalogue catalogue)
    {
        StringBuilder text = new();
        foreach (string line in Formatter.Format(catalogue).Split('\n'))
        {
            foreach (string comment in CatalogueComments.Above(line))
                text.Append("  // ").Append(comment).Append('\n');
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads the text; every fault of it is told with its line.</summary>
    /// <exception cref="CtlException">It has faults.</exception>
    public static Catalogue Read(FileInfo file) => Read(file.Name, TrustFile.Read(file));

    /// <summary>Reads the text; every fault of it is told with its line.</summary>
    /// <param name="name">What it is called, for messages.</param>
    /// <exception cref="CtlException">It has faults.</exception>
    public static Catalogue Read(string name, byte[] text)
    {
        JsonShape shape = new(text, Catalogue.Descriptor);
        if (shape.Faults.Count > 0)
            throw Faulty(name, shape.Faults);
        Catalogue catalogue = JsonParser.Default.Parse<Catalogue>(WithoutComments(text));
        IReadOnlyList<Fault> faults = CatalogueRules.Find(catalogue);
        return faults.Count == 0 ? catalogue : throw Faulty(name, [.. faults.Select(fault => (shape.LineOf(fault.Path), fault.ToString()))]);
    }

    private static CtlException Faulty(string name, IReadOnlyList<(int Line, string Words)> faults) => new(
        ExitCode.Usage,
        $"{name} cannot be sealed as it is:\n" + string.Join('\n', faults.OrderBy(fault => fault.Line).Select(fault => $"line {fault.Line}: {fault.Words}")));

    private static string WithoutComments(byte[] text)
    {
        using JsonDocument document = JsonDocument.Parse(text, Lenient);
        return JsonSerializer.Serialize(document.RootElement);
    }
}
