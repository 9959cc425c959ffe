namespace HaiSoft.Controller.Records;

/// <summary>Finds names that exist already, in the records or in the same file.</summary>
internal static class TakenNames
{
    public static IEnumerable<RecordFault> Of(IEnumerable<(string Name, int? Line)> names, string what, IReadOnlySet<string> existing)
    {
        Dictionary<string, int?> seen = [];
        foreach ((string name, int? line) in names)
        {
            string key = RecordName.KeyOf(name);
            if (existing.Contains(key))
                yield return new(RecordFaultKind.Taken, $"a {what} named '{name}' exists already: choose another name", line);
            else if (!seen.TryAdd(key, line))
                yield return new(RecordFaultKind.Taken, $"the {what} '{name}' is on line {seen[key]} already: remove one of them", line);
        }
    }
}
