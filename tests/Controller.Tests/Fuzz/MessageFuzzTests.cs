using Google.Protobuf;
using HaiSoft.Controller.Ingest;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Testing.Fuzzing;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Fuzz;

/// <summary>Whatever an agent sends, its fault is found or there is none; nothing is thrown.</summary>
public sealed class MessageFuzzTests
{
    private const string Epoch = "0123456789abcdef";

    [Fact]
    public void Whatever_is_sent_has_a_fault_or_none() => Run(TimeSpan.FromSeconds(3));

    [Fact]
    [Trait("Category", "Soak")]
    public void Whatever_is_sent_has_a_fault_or_none_for_long() => Run(TimeSpan.FromMinutes(10));

    [Fact]
    public void The_good_ones_have_none()
    {
        Report services = Reports().First(report => report.BodyCase == Report.BodyOneofCase.Services);
        ReportFaults.Find(new ReportBatch { SpoolEpoch = Epoch, Reports = { services } }, Epoch, 0, out int bytes).ShouldBeNull();
        bytes.ShouldBeGreaterThan(0);
    }

    private static void Run(TimeSpan length)
    {
        IEnumerable<IMessage> batches = Reports().Select(report => new ConnectRequest { Reports = new ReportBatch { SpoolEpoch = Epoch, Reports = { report } } });
        byte[][] corpus = [.. FilledMessages.Of(ConnectRequest.Descriptor).Concat(batches).Select(message => message.ToByteArray())];
        TestContext.Current.TestOutputHelper?.WriteLine(Fuzzer.Run("messages", corpus, Take, length, TestContext.Current.CancellationToken));
    }

    private static IEnumerable<Report> Reports() => FilledMessages.Of(Report.Descriptor).Cast<Report>();

    private static void Take(byte[] input)
    {
        ConnectRequest request;
        try
        {
            request = ConnectRequest.Parser.ParseFrom(input);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            // Google.Protobuf throws the others, too, for a message that is cut inside of another; gRPC answers each with INTERNAL.
            return;
        }

        MessageFaults.Find(request, "request");
        if (request.Reports is { } batch && ReportFaults.Find(batch, batch.SpoolEpoch, 0, out _) is null)
            Urgency.OfAny(batch.Reports);
    }
}
