using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Testing.Processes;
using Shouldly;

namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>What became of an order whose processes were killed: what is told, and what is there.</summary>
/// <param name="Steps">Told, in their order.</param>
/// <param name="Installed">The package's versions in the database.</param>
/// <param name="OnDisk">The version that its file bears.</param>
/// <param name="Ran">Its scripts, as each began to run.</param>
/// <param name="DnfCheck">dnf's own check of the database.</param>
/// <param name="RpmVerify">rpm's own check of the package's files.</param>
internal sealed record KillOutcome(
    IReadOnlyList<OrderStep> Steps, string[] Installed, string OnDisk, string Ran, ToolResult DnfCheck, ToolResult RpmVerify)
{
    /// <summary>What is told as its end.</summary>
    public OrderStep End => Steps[^1];

    private int Repairs => Steps.Take(Steps.Count - 1).Count(step => step.State == OrderState.Unknown);

    /// <summary>It was started once at most, and what is told is what is there.</summary>
    /// <param name="what">Was done to it, for a failure.</param>
    public void ShouldBeTrue(string what)
    {
        string told = $"{what}\n{string.Join('\n', Steps)}\nran: {Ran}\n{DnfCheck}\n{RpmVerify}";
        Steps.Count(step => step.State == OrderState.Running).ShouldBeLessThanOrEqualTo(1, told);
        foreach (string script in (string[])["pre", "post", "posttrans"])
            Ran.Split(' ').Count(ran => ran == script).ShouldBeLessThanOrEqualTo(1 + Repairs, told);
        if (End.State == OrderState.Unknown)
            return;
        DnfCheck.ExitCode.ShouldBe(0, told);
        RpmVerify.ExitCode.ShouldBe(0, told);
        string version = End.State == OrderState.Failed ? "1.0" : "1.1";
        End.State.ShouldBeOneOf(OrderState.Succeeded, OrderState.Reconciled, OrderState.Failed);
        (End.State == OrderState.Failed).ShouldBe(End.Failure == OrderFailure.BrokenOff, told);
        Installed.ShouldBe([version], told);
        OnDisk.ShouldBe(version, told);
        (End.Outcome?.Packages.ShouldHaveSingleItem().InstalledVersions.ShouldHaveSingleItem() ?? $"0:{version}-1").ShouldBe($"0:{version}-1", told);
    }
}
