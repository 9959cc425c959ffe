using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Helper.Listening;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Helper.Orders;

/// <summary>Takes signed orders, and tells what becomes of them.</summary>
internal sealed class RunDesk(OrderJournal journal, OrderTaking taking, OrderCourse course) : IRequestDesk
{
    /// <summary>An order of 256 KiB, and room for what holds it.</summary>
    public int MaximumRequestBytes => 300 << 10;

    public async Task<HelperResponse> AnswerAsync(HelperRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.VerbCase switch
            {
                HelperRequest.VerbOneofCase.CarryOut => new() { Journal = Woken(taking.Take(request.CarryOut.Order.Span)) },
                HelperRequest.VerbOneofCase.Cancel => new() { Journal = Cancel(Convert.ToHexStringLower(request.Cancel.OrderId.Span)) },
                HelperRequest.VerbOneofCase.ReadJournal => new() { Journal = Woken(journal.Tell(request.ReadJournal.Known)) },
                _ => new() { Refusal = new Refusal { Reason = RefusalReason.UnknownVerb } },
            };
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            // systemd's journal is told; who asked is told by a connection that ends without an answer, and asks again.
            await Console.Error.WriteLineAsync($"haisoft-helper: {ex.Message}");
            throw new IOException(ex.Message, ex);
        }
    }

    public void Dispose() => course.Dispose();

    private JournalAnswer Woken(JournalAnswer answer)
    {
        course.Wake();
        return answer;
    }

    private JournalAnswer Cancel(string orderId)
    {
        if (journal.Find(orderId) is not { } order)
            return new JournalAnswer();
        course.Cancel(order);
        return OrderTaking.Tell(order);
    }
}
