using System.Diagnostics;
using System.Globalization;
using HaiSoft.Testing.Files;

namespace HaiSoft.Testing.Fuzzing;

/// <summary>
/// Gives changed inputs to what must take any. HAISOFT_SEED is where it begins (default 1), HAISOFT_SECONDS how long it goes on in place
/// of what the test says. An input that fails is kept under <c>artifacts/fuzz</c>; HAISOFT_FUZZ_INPUT=FILE gives that one alone.
/// </summary>
public static class Fuzzer
{
    // Whatever the input, and on a busy machine.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    /// <summary>Runs for some time.</summary>
    /// <param name="target">Its name, for files and messages.</param>
    /// <param name="corpus">Good inputs.</param>
    /// <param name="take">Takes an input; what it throws is a failure.</param>
    /// <returns>What was done, for the test's output.</returns>
    /// <exception cref="FuzzFailureException">An input failed; the message says how to have it again.</exception>
    public static string Run(string target, IReadOnlyList<byte[]> corpus, Action<byte[]> take, TimeSpan length, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("HAISOFT_FUZZ_INPUT") is { Length: > 0 } path)
        {
            take(File.ReadAllBytes(path));
            return $"{target}: {path} taken";
        }

        foreach (byte[] good in corpus)
            Take(target, seed: 0, turn: 0, good, take);
        int seed = Number("HAISOFT_SEED") ?? 1;
        TimeSpan until = Number("HAISOFT_SECONDS") is { } seconds ? TimeSpan.FromSeconds(seconds) : length;
        long begun = Stopwatch.GetTimestamp();
        int turn = 0;
        for (; Stopwatch.GetElapsedTime(begun) < until; turn++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Take(target, seed, turn, Mutation.Of(corpus, new Random(unchecked((seed * 1_000_003) + turn))), take);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{target}: seed {seed}, {turn} inputs from {corpus.Count} good ones in {until.TotalSeconds:0} s");
    }

    private static void Take(string target, int seed, int turn, byte[] input, Action<byte[]> take)
    {
        long begun = Stopwatch.GetTimestamp();
        try
        {
            take(input);
        }
        catch (Exception e)
        {
            throw new FuzzFailureException($"{target}, seed {seed}, input {turn}: {e.Message}\nHAISOFT_FUZZ_INPUT={Keep(target, seed, turn, input)} gives it again", e);
        }

        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        if (took > LongestTurn)
            throw new FuzzFailureException($"{target}, seed {seed}, input {turn}: took {took}\nHAISOFT_FUZZ_INPUT={Keep(target, seed, turn, input)} gives it again", inner: null);
    }

    private static string Keep(string target, int seed, int turn, byte[] input)
    {
        string folder = Directory.CreateDirectory(RepositoryFolder.In("artifacts", "fuzz")).FullName;
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{target.Replace(' ', '-')}-{seed}-{turn}"));
        File.WriteAllBytes(path, input);
        return path;
    }

    private static int? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}

/// <summary>An input that is not taken as any must be.</summary>
public sealed class FuzzFailureException : Exception
{
    /// <summary>Tells of it.</summary>
    public FuzzFailureException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
