using System.Globalization;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Faults;

/// <summary>
/// What chance there is in a scenario. The seed is told in the test's output; HAISOFT_SEED takes one again. What the scheduler and the
/// disk do is not in it, so a seed repeats the plan, not each microsecond.
/// </summary>
internal sealed class Chance
{
    private readonly Random _random;

    /// <summary>Takes the seed of HAISOFT_SEED, or a new one.</summary>
    /// <param name="scenario">For the output.</param>
    public Chance(string scenario)
    {
        var named = Environment.GetEnvironmentVariable("HAISOFT_SEED");
        Seed = string.IsNullOrEmpty(named) ? Random.Shared.Next(1, 1_000_000) : int.Parse(named, CultureInfo.InvariantCulture);
        _random = new Random(Seed);
        Replay = string.Create(CultureInfo.InvariantCulture, $"{scenario}: seed {Seed}; HAISOFT_SEED={Seed} takes it again");
        TestContext.Current.TestOutputHelper?.WriteLine(Replay);
    }

    public int Seed { get; }

    /// <summary>What a failure should say, so that it can be had again.</summary>
    public string Replay { get; }

    /// <summary>From none up to, not including, the longest.</summary>
    public TimeSpan Moment(TimeSpan longest) => longest * _random.NextDouble();

    /// <summary>Any of these, the ends too.</summary>
    public long Between(long least, long most) => _random.NextInt64(least, most + 1);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => _random.Next(times) == 0;

    /// <summary>These, in any order.</summary>
    public T[] Shuffled<T>(IEnumerable<T> all)
    {
        T[] order = [.. all];
        _random.Shuffle(order);
        return order;
    }
}
