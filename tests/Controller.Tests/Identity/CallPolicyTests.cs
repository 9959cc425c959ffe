using Google.Protobuf.Reflection;
using Grpc.Core;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Identity;

public sealed class CallPolicyTests
{
    private static readonly FileDescriptor[] Files =
    [
        EnrolmentReflection.Descriptor, LinkReflection.Descriptor, RecordsReflection.Descriptor, IncidentsReflection.Descriptor,
        PeopleReflection.Descriptor, RequestsReflection.Descriptor, CataloguesReflection.Descriptor,
        HaiSoft.Protocol.Technician.V1.OperationsReflection.Descriptor,
    ];

    [Fact]
    public void Every_call_of_the_protocol_has_a_policy()
    {
        string[] open = [.. Files.SelectMany(file => file.Services).SelectMany(service => service.Methods)
            .Select(method => $"/{method.Service.FullName}/{method.Name}")
            .Where(path => CallPolicies.Of(path) is null)];

        open.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_is_not_listed_keeps_the_controller_from_starting()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddRouting().AddAuthorization();
        await using WebApplication app = builder.Build();
        app.MapPost("/haisoft.agent.v1.AgentLinkService/Forgotten", () => "hello");

        StartRefusedException refused = Should.Throw<StartRefusedException>(app.RefuseWhatHasNoPolicy);

        refused.Message.ShouldContain("Forgotten");
        refused.ExitCode.ShouldBe(StartExitCode.Policy);
    }

    [Fact]
    public async Task A_technicians_call_is_not_there_on_the_agents_port_and_an_agents_not_on_the_technicians()
    {
        await using RunningController controller = RunningController.Start();
        TestAgent agent = await controller.EnrolAsync("web-01");
        RecordsService.RecordsServiceClient onAgentsPort = new(controller.Signed(controller.AgentsUrl, $"Bearer {controller.Token}"));
        EnrolmentService.EnrolmentServiceClient onTechniciansPort =
            new(RunningController.Channel(controller.TechniciansUrl, controller.Ca.Handler(agent.Certificate)));

        (await CodeOfAsync(() => onAgentsPort.ListServersAsync(new()).ResponseAsync)).ShouldBe(StatusCode.Unimplemented);
        (await CodeOfAsync(() => onTechniciansPort.EnrolAsync(new()).ResponseAsync)).ShouldBe(StatusCode.Unimplemented);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("Bearer hst1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Basic dGVjaG5pY2lhbjp4")]
    public async Task Without_a_technicians_token_no_record_is_shown(string authorization)
    {
        await using RunningController controller = RunningController.Start();
        RecordsService.RecordsServiceClient records = new(controller.Signed(controller.TechniciansUrl, authorization));

        (await CodeOfAsync(() => records.ListServersAsync(new()).ResponseAsync)).ShouldBe(StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task An_agents_certificate_is_no_technicians_token()
    {
        await using RunningController controller = RunningController.Start();
        TestAgent agent = await controller.EnrolAsync("web-01");
        RecordsService.RecordsServiceClient records =
            new(RunningController.Channel(controller.TechniciansUrl, controller.Ca.Handler(agent.Certificate)));

        (await CodeOfAsync(() => records.ListServersAsync(new()).ResponseAsync)).ShouldBe(StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task No_technicians_call_answers_a_strangers_or_a_customers_credentials()
    {
        await using RunningController controller = RunningController.Start();
        MethodDescriptor[] calls = [.. Files.SelectMany(file => file.Services).SelectMany(service => service.Methods)
            .Where(method => CallPolicies.Of($"/{method.Service.FullName}/{method.Name}") == CallPolicy.Technician)];
        calls.Length.ShouldBeGreaterThan(20);

        foreach ((string header, string value) in new[] { ("authorization", "Bearer x"), ("cookie", "haisoft.session=CfDJ8"), ("authorization", "Basic cGF1bDp4") })
        {
            CallInvoker stranger = new WithHeader(
                RunningController.Channel(controller.TechniciansUrl, controller.Ca.Handler()).CreateCallInvoker(), header, value).Invoker;
            foreach (MethodDescriptor call in calls)
                (await CodeOfAsync(() => CallAsync(stranger, call))).ShouldBe(StatusCode.Unauthenticated, call.FullName);
        }
    }

    private static async Task CallAsync(CallInvoker invoker, MethodDescriptor call)
    {
        Marshaller<byte[]> bytes = Marshallers.Create(b => b, b => b);
        if (call.IsServerStreaming)
        {
            Method<byte[], byte[]> streaming = new(MethodType.ServerStreaming, call.Service.FullName, call.Name, bytes, bytes);
            using AsyncServerStreamingCall<byte[]> stream = invoker.AsyncServerStreamingCall(streaming, null, default, []);
            await stream.ResponseStream.MoveNext(CancellationToken.None);
        }
        else
        {
            Method<byte[], byte[]> unary = new(MethodType.Unary, call.Service.FullName, call.Name, bytes, bytes);
            await invoker.AsyncUnaryCall(unary, null, default, []);
        }
    }

    private static async Task<StatusCode> CodeOfAsync(Func<Task> call) => (await Should.ThrowAsync<RpcException>(call)).StatusCode;
}
