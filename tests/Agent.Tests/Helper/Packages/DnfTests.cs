using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Helper.Tools;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Packages;

/// <summary>What is told when the program that resolves does not do its work.</summary>
public sealed class DnfTests : IDisposable
{
    private static readonly DnfRequest Request = new("/", "/c", "/p", "/d", "/w", "installPackages", ["app"], [], new Dictionary<string, DnfPackage>(), [], [], []);

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<PlanRefusal> AskAsync(string program, double seconds = 60)
    {
        Dnf dnf = new(new PackageTool(TimeProvider.System), program, TimeSpan.FromSeconds(seconds));
        return (await Should.ThrowAsync<PlanRefused>(() => dnf.ResolveAsync(Request, TestContext.Current.CancellationToken))).Told;
    }

    private string Python(string script) => FakeTool.Write(_folder, "python3", script);

    [Fact]
    public async Task It_is_not_there() => (await AskAsync(_folder["none"])).Reason.ShouldBe(PlanRefusalReason.NotSupported);

    [Fact]
    public async Task It_does_not_end() => (await AskAsync(Python("exec sleep 1000"), seconds: 0.5)).Reason.ShouldBe(PlanRefusalReason.TimedOut);

    [Fact]
    public async Task It_fails_and_says_why() => (await AskAsync(Python("cat > /dev/null; echo why >&2; exit 3"))).ShouldSatisfyAllConditions(
        refusal => refusal.Reason.ShouldBe(PlanRefusalReason.Helper),
        refusal => refusal.Detail.ShouldContain("why"));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"plan":{"changes":null}}""")]
    [InlineData("""{"refusal":{"reason":"NO_SUCH_REASON","detail":"x"}}""")]
    public async Task It_answers_what_is_not_understood(string answer) =>
        (await AskAsync(Python($"cat > /dev/null; echo '{answer}'"))).Reason.ShouldBe(PlanRefusalReason.Helper);

    [Fact]
    public async Task Its_words_are_told_and_bounded() =>
        (await AskAsync(Python("""cat > /dev/null; printf '{"refusal":{"reason":"UNSOLVABLE","detail":"'; head -c 9000 /dev/zero | tr '\0' x; printf '"}}'"""))).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(PlanRefusalReason.Unsolvable),
            refusal => refusal.Detail.Length.ShouldBe(4000));
}
