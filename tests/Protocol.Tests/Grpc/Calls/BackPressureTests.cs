using Grpc.Core;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Calls;

/// <summary>Whoever does not read stops whoever writes, after what HTTP/2 lets be under way.</summary>
public sealed class BackPressureTests
{
    private const int MessageSize = 100_000;
    private const int Most = 200;

    [Fact]
    public async Task A_client_that_does_not_read_stops_the_server()
    {
        await using var host = await ScriptedHost.StartAsync();
        var written = 0;
        host.Script.Output = async (responses, context) =>
        {
            for (; written < Most; written++)
            {
                await responses.WriteAsync(new StreamingOutputCallResponse { Payload = ScriptedHost.Zeros(MessageSize) });
            }
        };
        using var call = host.Client.StreamingOutputCall(new StreamingOutputCallRequest());
        await call.ResponseHeadersAsync;

        await StallsAsync(() => Volatile.Read(ref written));

        (await call.ResponseStream.ReadAllAsync().CountAsync()).ShouldBe(Most);
    }

    [Fact]
    public async Task A_server_that_does_not_read_stops_the_client()
    {
        await using var host = await ScriptedHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Script.Input = async (requests, context) =>
        {
            await release.Task;
            return new StreamingInputCallResponse { AggregatedPayloadSize = await requests.ReadAllAsync(context.CancellationToken).CountAsync() };
        };
        using var call = host.Client.StreamingInputCall();
        var written = 0;
        var writing = Task.Run(async () =>
        {
            for (; written < Most; written++)
            {
                await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = ScriptedHost.Zeros(MessageSize) });
            }

            await call.RequestStream.CompleteAsync();
        });

        await StallsAsync(() => Volatile.Read(ref written));

        release.SetResult();
        await writing;
        (await call).AggregatedPayloadSize.ShouldBe(Most);
    }

    private static async Task StallsAsync(Func<int> written)
    {
        // It has stalled when the count stays for half a second.
        for (var last = -1; last != written();)
        {
            last = written();
            await Task.Delay(500);
        }

        written().ShouldBeLessThan(Most / 2);
    }
}
