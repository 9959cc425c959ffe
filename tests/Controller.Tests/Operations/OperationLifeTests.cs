using HaiSoft.Controller.Orders;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Operations;

/// <summary>Which step may be taken by whom, from where, and where it leads.</summary>
public sealed class OperationLifeTests
{
    private static readonly OperationState[] States = Enum.GetValues<OperationState>();
    private static readonly OperationStep[] Steps = Enum.GetValues<OperationStep>();

    [Fact]
    public void The_whole_way_leads_from_the_draft_to_the_outcome()
    {
        (OperationStep Step, OperationParty Party)[] way =
        [
            (OperationStep.Sign, OperationParty.Technician), (OperationStep.Approve, OperationParty.Controller),
            (OperationStep.Send, OperationParty.Controller), (OperationStep.Receive, OperationParty.Server),
            (OperationStep.Verify, OperationParty.Server), (OperationStep.Fetch, OperationParty.Server), (OperationStep.Intend, OperationParty.Server),
            (OperationStep.Run, OperationParty.Server), (OperationStep.Succeed, OperationParty.Server),
        ];

        way.Aggregate(OperationState.AwaitingApproval, (state, next) => OperationLife.After(state, next.Step, next.Party).ShouldNotBeNull())
            .ShouldBe(OperationState.Succeeded);
    }

    [Fact]
    public void Nobody_but_its_server_takes_it_further_once_it_is_sent()
    {
        foreach (OperationState state in States.Where(state => !OperationLife.NotSent.Contains(state)))
        {
            foreach (OperationStep step in Steps)
            {
                foreach (OperationParty party in new[] { OperationParty.Technician, OperationParty.Customer, OperationParty.Controller })
                {
                    if (!OperationLife.Settling.Contains(step))
                        OperationLife.After(state, step, party).ShouldBeOneOf(null, state, OperationState.Expired);
                }
            }
        }
    }

    [Fact]
    public void A_server_never_leads_back_and_ends_what_was_not_sent_never()
    {
        foreach (OperationStep step in Steps)
        {
            foreach (OperationState state in OperationLife.NotSent)
                OperationLife.After(state, step, OperationParty.Server).ShouldBeNull($"{state} {step}");
        }

        OperationLife.After(OperationState.Running, OperationStep.Verify, OperationParty.Server).ShouldBeNull();
        OperationLife.After(OperationState.Succeeded, OperationStep.Fail, OperationParty.Server).ShouldBeNull();
        OperationLife.After(OperationState.Unknown, OperationStep.Succeed, OperationParty.Server).ShouldBeNull();
        OperationLife.After(OperationState.Unknown, OperationStep.Reconcile, OperationParty.Server).ShouldBe(OperationState.Reconciled);
    }

    [Fact]
    public void Cancelled_it_is_until_the_intent_and_never_after_it()
    {
        foreach (OperationState state in OperationLife.NotSent)
            OperationLife.After(state, OperationStep.Cancel, OperationParty.Technician).ShouldBe(OperationState.Cancelled);
        foreach (OperationState state in new[] { OperationState.Intent, OperationState.Running, OperationState.Unknown, OperationState.Succeeded })
        {
            OperationLife.After(state, OperationStep.Cancel, OperationParty.Server).ShouldBeNull();
            OperationLife.After(state, OperationStep.AskCancel, OperationParty.Technician).ShouldBeNull();
        }

        OperationLife.After(OperationState.Sent, OperationStep.Cancel, OperationParty.Technician).ShouldBeNull();
        OperationLife.After(OperationState.Sent, OperationStep.AskCancel, OperationParty.Technician).ShouldBe(OperationState.Sent);
        OperationLife.After(OperationState.Fetched, OperationStep.Cancel, OperationParty.Server).ShouldBe(OperationState.Cancelled);
    }

    [Fact]
    public void A_technician_settles_what_is_unknown_and_nothing_else()
    {
        foreach (OperationState state in States.Where(state => state != OperationState.Unknown))
        {
            OperationLife.Settling.ShouldAllBe(step => OperationLife.After(state, step, OperationParty.Technician) == null);
            OperationLife.WhyNotSettled(state).ShouldNotBeNull();
        }

        OperationLife.After(OperationState.Unknown, OperationStep.SettleSucceeded, OperationParty.Technician).ShouldBe(OperationState.Succeeded);
        OperationLife.After(OperationState.Unknown, OperationStep.SettleFailed, OperationParty.Technician).ShouldBe(OperationState.Failed);
        OperationLife.After(OperationState.Unknown, OperationStep.SettleFailed, OperationParty.Customer | OperationParty.Server | OperationParty.Controller).ShouldBeNull();
        OperationLife.WhyNotSettled(OperationState.Unknown).ShouldBeNull();
    }

    [Fact]
    public void What_expired_here_goes_on_when_its_server_had_it() =>
        OperationLife.After(OperationState.Expired, OperationStep.Run, OperationParty.Server).ShouldBe(OperationState.Running);
}
