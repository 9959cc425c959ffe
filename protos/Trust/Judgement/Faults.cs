using System.Globalization;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Judgement;

/// <summary>A rule of content that does not hold.</summary>
/// <param name="Path">Where, as JSON names it: "packages[2].repositoryId"; empty for the whole.</param>
/// <param name="Words">What is wrong and what is wanted.</param>
public sealed record Fault(string Path, string Words)
{
    /// <summary>"packages[2].repositoryId: ...".</summary>
    public override string ToString() => Path.Length == 0 ? Words : $"{Path}: {Words}";
}

/// <summary>Everything that is wrong with one root, catalogue or order, gathered.</summary>
internal sealed class Faults
{
    private const int MostTold = 5;
    private readonly List<Fault> _found = [];

    public IReadOnlyList<Fault> Found => _found;

    public void Add(string path, string words) => _found.Add(new(path, words));

    /// <summary>A fault unless it holds.</summary>
    public void Unless(bool holds, string path, string words)
    {
        if (!holds)
            Add(path, words);
    }

    /// <summary>A fault for each that came before under the same name.</summary>
    /// <param name="path">Of the list.</param>
    /// <param name="field">Below an item of the list, with its dot; empty for the item itself.</param>
    public void UnlessDistinct<T>(IEnumerable<T> names, string path, string field = "")
    {
        HashSet<T> seen = [];
        foreach ((int i, T name) in names.Index())
            Unless(seen.Add(name), Item(path, i) + field, $"{name} is there already.");
    }

    /// <summary>The first of them as a refusal; null when there is none.</summary>
    public Refused? AsRefusal(TrustRefusal reason) => _found.Count == 0
        ? null
        : new(reason, string.Join(" ", _found.Take(MostTold)) + (_found.Count > MostTold ? " ..." : ""));

    /// <summary>"packages[2]".</summary>
    public static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
