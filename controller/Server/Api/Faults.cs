using Grpc.Core;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Records;

namespace HaiSoft.Controller.Api;

/// <summary>Faults as gRPC statuses: the sort decides the code, the detail holds every fault, one a line.</summary>
internal static class Faults
{
    public static void ThrowIfRefused(RecordsAdded added)
    {
        if (added is RecordsAdded.Refused refused)
            throw new RpcException(new Status(CodeOf(refused.Faults), string.Join('\n', refused.Faults)));
    }

    public static void ThrowUnlessDone(IdentityDecided outcome, string server)
    {
        switch (outcome)
        {
            case IdentityDecided.Done:
                return;
            case IdentityDecided.Refused refused:
                throw new RpcException(new Status(StatusCode.FailedPrecondition, refused.Reason));
            default:
                throw NoServer(server);
        }
    }

    public static RpcException NoServer(string name) =>
        new(new Status(StatusCode.NotFound, $"There is no server '{name}': see haisoftctl servers."));

    public static RpcException NoIncident(string number) =>
        new(new Status(StatusCode.NotFound, $"There is no incident '{number}': see haisoftctl incidents --all."));

    public static RpcException NoRequest(string number) =>
        new(new Status(StatusCode.NotFound, $"There is no request '{number}': see haisoftctl request list --all."));

    public static RpcException NoOperation(string number) =>
        new(new Status(StatusCode.NotFound, $"There is no operation '{number}': see haisoftctl operation list --all."));

    public static RpcException NoService(string server, string service) =>
        new(new Status(StatusCode.NotFound, $"{server} has no service '{service}': see haisoftctl server {server}."));

    private static StatusCode CodeOf(IReadOnlyList<RecordFault> faults) =>
        faults.Any(fault => fault.Kind == RecordFaultKind.Invalid) ? StatusCode.InvalidArgument
        : faults.Any(fault => fault.Kind == RecordFaultKind.Missing) ? StatusCode.NotFound
        : StatusCode.AlreadyExists;
}
