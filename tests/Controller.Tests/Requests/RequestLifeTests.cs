using HaiSoft.Controller.Requests;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Requests;

/// <summary>Every life that a request can have, step by step as far as it matters: the states and kinds are few enough to try them all.</summary>
public sealed class RequestLifeTests
{
    private const int Longest = 7;
    private static readonly RequestParty[] Parties = [RequestParty.Customer, RequestParty.Technician, RequestParty.Controller];

    [Fact]
    public void No_work_begins_on_what_is_not_included_before_a_quote_is_accepted()
    {
        foreach ((RequestKind kind, RequestStep[] life) in Lives().Where(l => l.Life is [.., RequestStep.Take]))
        {
            int included = Array.LastIndexOf(life, RequestStep.Include);
            int charged = Math.Max(Array.LastIndexOf(life, RequestStep.NeedQuote), Array.LastIndexOf(life, RequestStep.SendQuote));
            bool isCharged = charged > included || (kind == RequestKind.Other && included < 0);
            if (isCharged)
                Array.LastIndexOf(life, RequestStep.AcceptQuote).ShouldBeGreaterThan(Array.LastIndexOf(life, RequestStep.SendQuote), Tell(kind, life));
        }
    }

    [Fact]
    public void Nothing_follows_an_end_and_what_has_not_ended_can_end()
    {
        foreach ((RequestKind kind, RequestStep[] life) in Lives())
        {
            bool isEnded = life is [.., RequestStep.Close or RequestStep.Refuse or RequestStep.Withdraw];
            RequestStatus status = RequestLife.Of(kind, life);
            RequestStep[] next = [.. Parties.SelectMany(party => RequestLife.Allowed(status, party))];

            if (isEnded)
                next.ShouldBeEmpty(Tell(kind, life));
            else
                next.ShouldContain(RequestStep.Refuse, Tell(kind, life));
        }
    }

    [Fact]
    public void Every_state_can_be_reached_and_every_step_taken()
    {
        (RequestKind Kind, RequestStep[] Life)[] lives = [.. Lives()];

        lives.Select(l => RequestLife.Of(l.Kind, l.Life).State).Distinct().Order().ShouldBe(Enum.GetValues<RequestState>());
        lives.SelectMany(l => l.Life).Distinct().Order().ShouldBe(Enum.GetValues<RequestStep>());
    }

    [Fact]
    public void Quotes_are_answered_by_customers_alone_and_the_work_is_technicians()
    {
        foreach ((RequestKind kind, RequestStep[] life) in Lives())
        {
            RequestStatus status = RequestLife.Of(kind, life);

            RequestLife.Allowed(status, RequestParty.Customer).Except([RequestStep.AcceptQuote, RequestStep.DeclineQuote, RequestStep.Withdraw]).ShouldBeEmpty();
            RequestLife.Allowed(status, RequestParty.Technician).ShouldNotContain(RequestStep.AcceptQuote);
            RequestLife.Allowed(status, RequestParty.Technician).ShouldNotContain(RequestStep.DeclineQuote);
            RequestLife.Allowed(status, RequestParty.Controller).Except([RequestStep.ExpireQuote]).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(RequestKind.InstallPackages, false)]
    [InlineData(RequestKind.UpdateComponents, false)]
    [InlineData(RequestKind.MonitorService, false)]
    [InlineData(RequestKind.MailHelp, false)]
    [InlineData(RequestKind.Other, true)]
    internal void Only_what_the_contract_includes_is_free(RequestKind kind, bool needsQuote) => RequestLife.Begin(kind).NeedsQuote.ShouldBe(needsQuote);

    /// <summary>Every sequence of allowed steps up to the longest.</summary>
    private static IEnumerable<(RequestKind Kind, RequestStep[] Life)> Lives() =>
        new[] { RequestKind.InstallPackages, RequestKind.Other }.SelectMany(kind => Grow([RequestStep.Receive], RequestLife.Begin(kind))
            .Select(life => (kind, life)));

    private static IEnumerable<RequestStep[]> Grow(RequestStep[] life, RequestStatus status)
    {
        yield return life;
        if (life.Length == Longest)
            yield break;
        foreach (RequestParty party in Parties)
        {
            foreach (RequestStep step in RequestLife.Allowed(status, party))
            {
                foreach (RequestStep[] longer in Grow([.. life, step], RequestLife.After(status, step, party)!))
                    yield return longer;
            }
        }
    }

    private static string Tell(RequestKind kind, RequestStep[] life) => $"{kind}: {string.Join(", ", life)}";
}
