using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using Shouldly;

namespace HaiSoft.Protocol.Tests.Grpc.Interop;

/// <summary>The client's side of gRPC's interoperability test descriptions, by their names there.</summary>
internal static class InteropCases
{
    private const string SpecialMessage = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";

    private static readonly int[] RequestSizes = [27182, 8, 1828, 45904];
    private static readonly int[] ResponseSizes = [31415, 9, 2653, 58979];

    public static IReadOnlyDictionary<string, Func<TestService.TestServiceClient, GrpcChannel, Task>> All { get; } =
        new Dictionary<string, Func<TestService.TestServiceClient, GrpcChannel, Task>>
        {
            ["empty_unary"] = (client, _) => EmptyUnaryAsync(client),
            ["large_unary"] = (client, _) => LargeUnaryAsync(client),
            ["client_streaming"] = (client, _) => ClientStreamingAsync(client),
            ["server_streaming"] = (client, _) => ServerStreamingAsync(client),
            ["ping_pong"] = (client, _) => PingPongAsync(client),
            ["empty_stream"] = (client, _) => EmptyStreamAsync(client),
            ["custom_metadata"] = (client, _) => CustomMetadataAsync(client),
            ["status_code_and_message"] = (client, _) => StatusCodeAndMessageAsync(client),
            ["special_status_message"] = (client, _) => SpecialStatusMessageAsync(client),
            ["unimplemented_method"] = (client, _) => UnimplementedMethodAsync(client),
            ["unimplemented_service"] = (_, channel) => UnimplementedServiceAsync(channel),
            ["cancel_after_begin"] = (client, _) => CancelAfterBeginAsync(client),
            ["cancel_after_first_response"] = (client, _) => CancelAfterFirstResponseAsync(client),
            ["timeout_on_sleeping_server"] = (client, _) => TimeoutOnSleepingServerAsync(client),
        };

    private static async Task EmptyUnaryAsync(TestService.TestServiceClient client) =>
        (await client.EmptyCallAsync(new Empty())).ShouldBe(new Empty());

    private static async Task LargeUnaryAsync(TestService.TestServiceClient client)
    {
        var response = await client.UnaryCallAsync(new SimpleRequest { ResponseSize = 314159, Payload = Zeros(271828) });
        response.Payload.ShouldBe(Zeros(314159));
    }

    private static async Task ClientStreamingAsync(TestService.TestServiceClient client)
    {
        using var call = client.StreamingInputCall();
        foreach (var size in RequestSizes)
        {
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Zeros(size) });
        }

        await call.RequestStream.CompleteAsync();
        (await call).AggregatedPayloadSize.ShouldBe(74922);
    }

    private static async Task ServerStreamingAsync(TestService.TestServiceClient client)
    {
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.AddRange(ResponseSizes.Select(size => new ResponseParameters { Size = size }));
        using var call = client.StreamingOutputCall(request);
        var received = new List<int>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            received.Add(response.Payload.Body.Length);
        }

        received.ShouldBe(ResponseSizes);
        call.GetStatus().StatusCode.ShouldBe(StatusCode.OK);
    }

    private static async Task PingPongAsync(TestService.TestServiceClient client)
    {
        using var call = client.FullDuplexCall();
        foreach (var (ask, answer) in RequestSizes.Zip(ResponseSizes))
        {
            await call.RequestStream.WriteAsync(Ask(ask, answer));
            (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
            call.ResponseStream.Current.Payload.ShouldBe(Zeros(answer));
        }

        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeFalse();
        call.GetStatus().StatusCode.ShouldBe(StatusCode.OK);
    }

    private static async Task EmptyStreamAsync(TestService.TestServiceClient client)
    {
        using var call = client.FullDuplexCall();
        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeFalse();
    }

    private static async Task CustomMetadataAsync(TestService.TestServiceClient client)
    {
        byte[] trailing = [0xAB, 0xAB, 0xAB];
        var headers = new Metadata { { "x-grpc-test-echo-initial", "test_initial_metadata_value" }, { "x-grpc-test-echo-trailing-bin", trailing } };
        using var unary = client.UnaryCallAsync(new SimpleRequest { ResponseSize = 314159, Payload = Zeros(271828) }, headers);
        (await unary.ResponseHeadersAsync).GetValue("x-grpc-test-echo-initial").ShouldBe("test_initial_metadata_value");
        await unary;
        unary.GetTrailers().GetValueBytes("x-grpc-test-echo-trailing-bin").ShouldBe(trailing);

        using var duplex = client.FullDuplexCall(headers);
        await duplex.RequestStream.WriteAsync(Ask(271828, 314159));
        await duplex.RequestStream.CompleteAsync();
        (await duplex.ResponseHeadersAsync).GetValue("x-grpc-test-echo-initial").ShouldBe("test_initial_metadata_value");
        (await duplex.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
        (await duplex.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeFalse();
        duplex.GetTrailers().GetValueBytes("x-grpc-test-echo-trailing-bin").ShouldBe(trailing);
    }

    private static async Task StatusCodeAndMessageAsync(TestService.TestServiceClient client)
    {
        var status = new EchoStatus { Code = 2, Message = "test status message" };
        (await FailureAsync(client.UnaryCallAsync(new SimpleRequest { ResponseStatus = status }))).ShouldBe(new Status(StatusCode.Unknown, status.Message));

        using var call = client.FullDuplexCall();
        try
        {
            await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = status });
            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException ended) when (ended.StatusCode == StatusCode.Unknown)
        {
            // The server has answered before the write returned.
        }

        (await FailureAsync(call.ResponseStream.MoveNext(CancellationToken.None))).ShouldBe(new Status(StatusCode.Unknown, status.Message));
    }

    private static async Task SpecialStatusMessageAsync(TestService.TestServiceClient client)
    {
        var request = new SimpleRequest { ResponseStatus = new EchoStatus { Code = 2, Message = SpecialMessage } };
        (await FailureAsync(client.UnaryCallAsync(request))).ShouldBe(new Status(StatusCode.Unknown, SpecialMessage));
    }

    private static async Task UnimplementedMethodAsync(TestService.TestServiceClient client) =>
        (await FailureAsync(client.UnimplementedCallAsync(new Empty()))).StatusCode.ShouldBe(StatusCode.Unimplemented);

    private static async Task UnimplementedServiceAsync(GrpcChannel channel)
    {
        var client = new UnimplementedService.UnimplementedServiceClient(channel);
        (await FailureAsync(client.UnimplementedCallAsync(new Empty()))).StatusCode.ShouldBe(StatusCode.Unimplemented);
    }

    private static async Task CancelAfterBeginAsync(TestService.TestServiceClient client)
    {
        using var cancel = new CancellationTokenSource();
        using var call = client.StreamingInputCall(cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        (await FailureAsync(call.ResponseAsync)).StatusCode.ShouldBe(StatusCode.Cancelled);
    }

    private static async Task CancelAfterFirstResponseAsync(TestService.TestServiceClient client)
    {
        using var cancel = new CancellationTokenSource();
        using var call = client.FullDuplexCall(cancellationToken: cancel.Token);
        await call.RequestStream.WriteAsync(Ask(27182, 31415));
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
        await cancel.CancelAsync();
        (await FailureAsync(call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode.ShouldBe(StatusCode.Cancelled);
    }

    private static async Task TimeoutOnSleepingServerAsync(TestService.TestServiceClient client)
    {
        using var call = client.FullDuplexCall(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(1));
        (await FailureAsync(call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
    }

    private static async Task<Status> FailureAsync<T>(AsyncUnaryCall<T> call) => await FailureAsync(call.ResponseAsync);

    private static async Task<Status> FailureAsync(Task call)
    {
        var failure = await call.ShouldThrowAsync<RpcException>();
        return new Status(failure.StatusCode, failure.Status.Detail);
    }

    private static StreamingOutputCallRequest Ask(int size, int answer) =>
        new() { Payload = Zeros(size), ResponseParameters = { new ResponseParameters { Size = answer } } };

    private static Payload Zeros(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };
}
