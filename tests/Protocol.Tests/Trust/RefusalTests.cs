using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>Every check of root, catalogue and order has its own reason, and each reason something that is refused with it.</summary>
public sealed class RefusalTests
{
    public static TheoryData<TrustRefusal> Reasons => [.. Enum.GetValues<TrustRefusal>().Where(reason => reason != TrustRefusal.Unspecified)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Each_reason_is_told_for_what_it_names_in_words(TrustRefusal reason)
    {
        RefusalCases.All.ShouldContainKey(reason);

        var refused = RefusalCases.All[reason]();

        refused.ShouldNotBeNull();
        refused.Reason.ShouldBe(reason, refused.Words);
        refused.Words.Length.ShouldBeGreaterThan(20);
    }
}
