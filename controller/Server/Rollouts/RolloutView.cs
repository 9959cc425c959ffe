using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Rollouts;

/// <summary>A rollout as it stands at an instant.</summary>
/// <param name="Row">What is stored of it.</param>
/// <param name="StartedBy">Who started it, by name.</param>
/// <param name="SucceededCount">On how many servers its operation has succeeded.</param>
internal sealed record RolloutView(RolloutRow Row, string StartedBy, int SucceededCount)
{
    /// <summary>What each server resolves.</summary>
    public PlanRequest Ask => PlanRequest.Parser.ParseFrom(Row.Ask);

    /// <summary>The names of the packages; none for security updates.</summary>
    public IReadOnlyList<string> Names => Ask switch
    {
        { InstallPackages: { } install } => [.. install.Packages.Select(package => package.Name)],
        { UpdatePackages: { } update } => [.. update.Names],
        _ => [],
    };
}

/// <summary>A server of a rollout.</summary>
/// <param name="Row">What is stored of it.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Operation">Its operation; absent before its plan was made.</param>
internal sealed record RolloutServerView(RolloutServerRow Row, string Server, OperationView? Operation);

/// <summary>A step that was taken.</summary>
/// <param name="Step">Which.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who, by name.</param>
/// <param name="Text">Why, or what came with it; hostile where it is a server's.</param>
internal sealed record RolloutEventView(RolloutStep Step, DateTimeOffset At, string Actor, string Text);

/// <summary>A rollout with all that is known of it.</summary>
/// <param name="Rollout">The rollout.</param>
/// <param name="Servers">In the order of the waves.</param>
/// <param name="Story">Its steps, in order.</param>
internal sealed record RolloutDetailView(RolloutView Rollout, IReadOnlyList<RolloutServerView> Servers, IReadOnlyList<RolloutEventView> Story);
