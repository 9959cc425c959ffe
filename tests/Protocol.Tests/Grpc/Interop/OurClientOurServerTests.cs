using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Interop;

public sealed class OurClientOurServerTests : IAsyncLifetime
{
    private InteropHost? _host;

    public static TheoryData<string> Cases => InteropCaseNames.All;

    public async ValueTask InitializeAsync() => _host = await InteropHost.StartAsync();

    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Our_client_and_our_server_pass_the_interop_case(string name)
    {
        using var channel = _host!.Channel();
        await InteropCases.All[name](new TestService.TestServiceClient(channel), channel).WaitAsync(TimeSpan.FromSeconds(10));
    }
}
