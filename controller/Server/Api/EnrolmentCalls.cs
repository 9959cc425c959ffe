using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Controller.Identity;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Gives agents their certificates.</summary>
internal sealed class EnrolmentCalls(Enrolment enrolment, Renewal renewal, CertificateAuthority authority, StoreGate store)
    : EnrolmentService.EnrolmentServiceBase
{
    public override async Task<EnrolResponse> Enrol(EnrolRequest request, ServerCallContext context)
    {
        EnrolmentApplication application = new(
            request.Token,
            request.CertificateRequestDer.ToByteArray(),
            request.HostName,
            request.MachineId,
            Instants.Read(request.SentTime),
            request.ServerName);
        return await store.TryAsync(() => enrolment.EnrolAsync(application, context.CancellationToken)) switch
        {
            EnrolmentOutcome.Done done => Admitted(done),
            EnrolmentOutcome.Refused refused => throw new RpcException(new Status(StatusCode.PermissionDenied, refused.Reason)),
            EnrolmentOutcome.Unusable unusable => throw new RpcException(new Status(StatusCode.InvalidArgument, unusable.Reason)),
            _ => throw new InvalidOperationException("an enrolment ended in a way that has no answer"),
        };
    }

    public override async Task<RenewResponse> Renew(RenewRequest request, ServerCallContext context)
    {
        HttpContext http = context.GetHttpContext();
        RenewalOutcome outcome = await store.TryAsync(() => renewal.RenewAsync(
            AgentIdentity.Of(http)!,
            http.Connection.ClientCertificate!.PublicKey,
            request.CertificateRequestDer.ToByteArray(),
            context.CancellationToken));
        return outcome switch
        {
            RenewalOutcome.Done done => new RenewResponse
            {
                CertificateDer = ByteString.CopyFrom(done.Certificate),
                CaCertificatesDer = { ByteString.CopyFrom(authority.Certificate.RawData) },
            },
            RenewalOutcome.Unusable unusable => throw new RpcException(new Status(StatusCode.InvalidArgument, unusable.Reason)),
            _ => throw new InvalidOperationException("a renewal ended in a way that has no answer"),
        };
    }

    private EnrolResponse Admitted(EnrolmentOutcome.Done done) => new()
    {
        AgentId = done.AgentId,
        CertificateDer = ByteString.CopyFrom(done.Certificate),
        CaCertificatesDer = { ByteString.CopyFrom(authority.Certificate.RawData) },
        ServerName = done.ServerName,
        ServerTime = done.At.ToTimestamp(),
    };
}
