// Counting what the tests' programs wrote (trx), and saying it in one line that a machine can read.

record TestResults(int Passed, List<string> Failures, List<(string Test, string Reason)> Skips)
{
    public int Failed => Failures.Count;
    public string Line => $"{Passed} passed, {Failed} failed, {Skips.Count} skipped";
}

/// All results of a folder, or those of one file; failures that no file tells of are handed in.
TestResults ReadResults(string path, List<string> otherFailures)
{
    var results = new TestResults(0, [.. otherFailures], []);
    var files = System.IO.Directory.Exists(path) ? System.IO.Directory.GetFiles(path, "*.trx") : [path];
    foreach (var file in files)
    {
        results = Add(results, System.Xml.Linq.XDocument.Load(file));
    }

    return results;
}

TestResults Add(TestResults results, System.Xml.Linq.XDocument trx)
{
    System.Xml.Linq.XNamespace ns = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
    foreach (var result in trx.Descendants(ns + "UnitTestResult"))
    {
        var name = (string)result.Attribute("testName");
        var said = (string)result.Descendants(ns + "Message").FirstOrDefault() ?? (string)result.Descendants(ns + "StdOut").FirstOrDefault();
        switch ((string)result.Attribute("outcome"))
        {
            case "Passed":
                results = results with { Passed = results.Passed + 1 };
                break;
            case "NotExecuted":
                results.Skips.Add((name, said?.Trim() ?? "no reason given"));
                break;
            default:
                results.Failures.Add($"{name}: {said?.Trim().Split('\n')[0]}");
                break;
        }
    }

    return results;
}

void Print(TestResults results)
{
    if (results.Skips.Count > 0)
    {
        Information("\nSkipped, by reason:");
        foreach (var reason in results.Skips.GroupBy(skip => skip.Reason))
        {
            Information("  {0}", reason.Key);
            foreach (var skip in reason)
            {
                Information("    {0}", skip.Test);
            }
        }
    }

    if (results.Failed > 0)
    {
        Error("\nFailed:");
        foreach (var failure in results.Failures)
        {
            Error("  {0}", failure);
        }
    }

    Information("\n{0}", results.Line);
    System.IO.File.WriteAllText($"{resultsFolder}/summary.txt", results.Line + "\n");
}
