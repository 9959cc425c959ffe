using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Identity;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Keeps customers, servers and the agents' identities, for technicians' command lines.</summary>
internal sealed class RecordsCalls(Customers customers, Servers servers, EnrolmentTokens tokens, AgentsAddress agentsAddress)
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
        return new AddServerResponse
        {
            Server = new Server { Record = request.Record, Presence = AgentPresence.NeverEnrolled, Health = Health.Unknown },
        };
    }

    public override async Task<CreateEnrolmentTokenResponse> CreateEnrolmentToken(CreateEnrolmentTokenRequest request, ServerCallContext context)
    {
        NewEnrolmentToken token = await tokens.MakeAsync(request.Server, Caller.NameOf(context), context.CancellationToken)
            ?? throw Faults.NoServer(request.Server);
        return new CreateEnrolmentTokenResponse
        {
            Token = token.Text,
            ExpiryTime = token.ExpiresAt.ToTimestamp(),
            ControllerAddress = agentsAddress.Text,
        };
    }

    private static Customer ToMessage(CustomerView customer) => new()
    {
        CustomerId = customer.CustomerId,
        Name = customer.Name,
        Email = customer.Email,
        CreatedTime = customer.CreatedAt.ToTimestamp(),
        ServerCount = customer.ServerCount,
    };
}
