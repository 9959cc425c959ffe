using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shouldly;
using Xunit;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace HaiSoft.Protocol.Tests.Grpc.Calls;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_that_is_set_is_told_and_watched()
    {
        var service = new HealthServiceImpl();
        await using var host = await ScriptedHost.StartAsync(
            services: services => services.AddSingleton(service), map: (app, _) => app.MapGrpcService<HealthServiceImpl>());
        var client = new Health.HealthClient(host.Channel);
        var request = new HealthCheckRequest { Service = "agents" };
        (await ScriptedHost.FailureAsync(client.CheckAsync(request).ResponseAsync)).StatusCode.ShouldBe(StatusCode.NotFound);
        using var watch = client.Watch(request);
        (await NextAsync(watch)).ShouldBe(ServingStatus.ServiceUnknown);

        service.SetStatus("agents", ServingStatus.Serving);
        (await client.CheckAsync(request)).Status.ShouldBe(ServingStatus.Serving);
        (await NextAsync(watch)).ShouldBe(ServingStatus.Serving);
        service.SetStatus("agents", ServingStatus.Serving);
        service.SetStatus("others", ServingStatus.NotServing);
        service.SetStatus("agents", ServingStatus.NotServing);
        (await NextAsync(watch)).ShouldBe(ServingStatus.NotServing);
        service.ClearAll();
        (await NextAsync(watch)).ShouldBe(ServingStatus.ServiceUnknown);
    }

    [Theory]
    [InlineData(HealthStatus.Healthy, ServingStatus.Serving)]
    [InlineData(HealthStatus.Degraded, ServingStatus.Serving)]
    [InlineData(HealthStatus.Unhealthy, ServingStatus.NotServing)]
    public async Task Health_checks_tell_the_health_of_the_services_they_are_mapped_to(HealthStatus check, ServingStatus expected)
    {
        await using var host = await ScriptedHost.StartAsync(
            services: services => services
                .AddGrpcHealthChecks(options => options.Services.Map("agents", context => context.Name == "database"))
                .AddCheck("database", () => new HealthCheckResult(check))
                .AddCheck("disk", () => HealthCheckResult.Healthy()),
            map: (app, _) => app.MapGrpcHealthChecksService());
        var client = new Health.HealthClient(host.Channel);
        (await client.CheckAsync(new HealthCheckRequest { Service = "agents" })).Status.ShouldBe(expected);
        (await client.CheckAsync(new HealthCheckRequest())).Status.ShouldBe(expected);
        (await ScriptedHost.FailureAsync(client.CheckAsync(new HealthCheckRequest { Service = "none" }).ResponseAsync))
            .StatusCode.ShouldBe(StatusCode.NotFound);
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        (await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(5))).ShouldBeTrue();
        return watch.ResponseStream.Current.Status;
    }
}
