using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Records;
using HaiSoft.Protocol.Technician.V1;
using ServerRecord = HaiSoft.Protocol.Technician.V1.ServerRecord;

namespace HaiSoft.Controller.Api;

/// <summary>Keeps customers, servers and the agents' identities, for technicians' command lines.</summary>
internal sealed class RecordsCalls(
    Customers customers, Servers servers, RecordImport import, ServerChecks checks, AgentIdentities identities, ServerShowing showing, ServiceChecking checking)
    : RecordsService.RecordsServiceBase
{
    public override async Task<AddCustomerResponse> AddCustomer(AddCustomerRequest request, ServerCallContext context)
    {
        RecordsAdded added = await customers.AddAsync(
            [new CustomerDraft(request.Name, request.Email)], Caller.NameOf(context), context.CancellationToken);
        Faults.ThrowIfRefused(added);
        IReadOnlyList<CustomerView> all = await customers.ListAsync(context.CancellationToken);
        return new AddCustomerResponse { Customer = ToMessage(all.Single(customer => customer.Name == request.Name)) };
    }

    public override async Task<ListCustomersResponse> ListCustomers(ListCustomersRequest request, ServerCallContext context)
    {
        IReadOnlyList<CustomerView> all = await customers.ListAsync(context.CancellationToken);
        return new ListCustomersResponse { Customers = { all.Select(ToMessage) } };
    }

    public override async Task<AddServerResponse> AddServer(AddServerRequest request, ServerCallContext context)
    {
        ServerDraft draft = ServerMessages.ToDraft(request.Record ?? new ServerRecord());
        Faults.ThrowIfRefused(await servers.AddAsync([draft], Caller.NameOf(context), context.CancellationToken));
        return new AddServerResponse { Server = await showing.ShowAsync(draft.Name, context.CancellationToken) };
    }

    public override async Task<ListServersResponse> ListServers(ListServersRequest request, ServerCallContext context) =>
        new() { Servers = { await showing.ShowAllAsync(context.CancellationToken) } };

    public override async Task<GetServerResponse> GetServer(GetServerRequest request, ServerCallContext context) =>
        await showing.ShowWholeAsync(request.Name, context.CancellationToken) ?? throw Faults.NoServer(request.Name);

    public override async Task<CreateEnrolmentTokenResponse> CreateEnrolmentToken(CreateEnrolmentTokenRequest request, ServerCallContext context)
    {
        NewEnrolmentToken token = await identities.MakeTokenAsync(request.Server, Caller.NameOf(context), context.CancellationToken)
            ?? throw Faults.NoServer(request.Server);
        return new CreateEnrolmentTokenResponse
        {
            Token = token.Text,
            ExpiryTime = token.ExpiresAt.ToTimestamp(),
            ControllerAddress = identities.AgentsAddress,
        };
    }

    public override async Task<RevokeIdentityResponse> RevokeIdentity(RevokeIdentityRequest request, ServerCallContext context)
    {
        (IdentityDecided outcome, bool cut) = await identities.RevokeAsync(
            request.Server, request.Reason, Caller.NameOf(context), context.CancellationToken);
        Faults.ThrowUnlessDone(outcome, request.Server);
        return new RevokeIdentityResponse { StreamCut = cut };
    }

    public override async Task<TrustIdentityResponse> TrustIdentity(TrustIdentityRequest request, ServerCallContext context)
    {
        Faults.ThrowUnlessDone(
            await identities.TrustAsync(request.Server, request.Reason, Caller.NameOf(context), context.CancellationToken), request.Server);
        return new TrustIdentityResponse();
    }

    public override async Task<ImportRecordsResponse> ImportRecords(ImportRecordsRequest request, ServerCallContext context)
    {
        string technician = Caller.NameOf(context);
        RecordsAdded added = request.Kind switch
        {
            RecordKind.Customers => await import.ImportCustomersAsync(request.Csv, technician, context.CancellationToken),
            RecordKind.Servers => await import.ImportServersAsync(request.Csv, technician, context.CancellationToken),
            _ => throw new RpcException(new Status(StatusCode.InvalidArgument, "Say what the rows are: customers or servers.")),
        };
        Faults.ThrowIfRefused(added);
        return new ImportRecordsResponse { AddedCount = ((RecordsAdded.Done)added).Names.Count };
    }

    public override async Task<SetServerChecksResponse> SetServerChecks(SetServerChecksRequest request, ServerCallContext context) =>
        await checks.ChangeAsync(request.Server, CheckMessages.ToChange(request), Caller.NameOf(context), context.CancellationToken) switch
        {
            CheckPlanChanged.Done done => new SetServerChecksResponse
            {
                ConfigurationVersion = done.Plan.Version,
                Services = { done.Plan.Services.Select(AddedServiceMapping.ToMessage) },
            },
            CheckPlanChanged.Refused refused =>
                throw new RpcException(new Status(StatusCode.InvalidArgument, string.Join('\n', refused.Faults))),
            _ => throw Faults.NoServer(request.Server),
        };

    public override Task<CheckServiceResponse> CheckService(CheckServiceRequest request, ServerCallContext context) =>
        checking.CheckAsync(request.Server, request.Service, context.CancellationToken);

    private static Customer ToMessage(CustomerView customer) => new()
    {
        CustomerId = customer.CustomerId,
        Name = customer.Name,
        Email = customer.Email,
        CreatedTime = customer.CreatedAt.ToTimestamp(),
        ServerCount = customer.ServerCount,
    };
}
