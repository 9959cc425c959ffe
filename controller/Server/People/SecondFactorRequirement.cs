using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.People;

/// <summary>The person has a second factor, or it is not required yet (<see cref="PeopleOptions.RequireSecondFactor"/>, DOMAIN 7.7).</summary>
internal sealed class SecondFactorRequirement : IAuthorizationRequirement
{
    /// <summary>The claim that the session carries once the person's second factor is set up.</summary>
    public const string ClaimType = "haisoft:second-factor";

    internal sealed class Handler(IOptionsMonitor<PeopleOptions> options) : AuthorizationHandler<SecondFactorRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SecondFactorRequirement requirement)
        {
            if (!options.CurrentValue.RequireSecondFactor || context.User.HasClaim(c => c.Type == ClaimType))
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
