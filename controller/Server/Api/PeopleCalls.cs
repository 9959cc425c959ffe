using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Records;
using HaiSoft.Protocol.Technician.V1;
using Person = HaiSoft.Protocol.Technician.V1.Person;
using SignInLink = HaiSoft.Protocol.Technician.V1.SignInLink;

namespace HaiSoft.Controller.Api;

/// <summary>Keeps the people who sign in to the console, for technicians' command lines.</summary>
internal sealed class PeopleCalls(Accounts accounts, ConsoleLocation location) : PeopleService.PeopleServiceBase
{
    public override async Task<AddPersonResponse> AddPerson(AddPersonRequest request, ServerCallContext context)
    {
        AccountDraft draft = new(request.Name, RoleOf(request.Role), request.Customer);
        AccountStep.Done done = DoneOf(await accounts.AddAsync(draft, KeeperOf(context), context.CancellationToken));
        return new() { Person = ToMessage(done.Account), Link = ToMessage(done.Link!) };
    }

    public override async Task<ListPeopleResponse> ListPeople(ListPeopleRequest request, ServerCallContext context) =>
        new() { People = { (await accounts.ListAsync(context.CancellationToken)).Select(ToMessage) } };

    public override async Task<CreateSignInLinkResponse> CreateSignInLink(CreateSignInLinkRequest request, ServerCallContext context)
    {
        AccountStep.Done done = DoneOf(await accounts.MakeLinkAsync(request.Name, KeeperOf(context), context.CancellationToken));
        return new() { Person = ToMessage(done.Account), Link = ToMessage(done.Link!) };
    }

    public override async Task<DisablePersonResponse> DisablePerson(DisablePersonRequest request, ServerCallContext context) =>
        new() { Person = ToMessage(DoneOf(await accounts.DisableAsync(request.Name, KeeperOf(context), context.CancellationToken)).Account) };

    private static AccountKeeper KeeperOf(ServerCallContext context) => new(Caller.NameOf(context), PersonId: null, AccountReach.Company);

    private static AccountStep.Done DoneOf(AccountStep step) => step switch
    {
        AccountStep.Done done => done,
        AccountStep.NotFound missing => throw new RpcException(new Status(
            StatusCode.NotFound, $"Nobody signs in as '{missing.Name}': see haisoftctl person list.")),
        AccountStep.Refused refused => throw new RpcException(new Status(
            CodeOf(refused.Faults), string.Join('\n', refused.Faults.Select(fault => fault.Text)))),
        _ => throw new InvalidOperationException("a step on an account ended in a way that has no answer"),
    };

    private static StatusCode CodeOf(IReadOnlyList<AccountFault> faults) =>
        faults.Any(fault => fault.Kind == RecordFaultKind.Invalid) ? StatusCode.InvalidArgument
        : faults.Any(fault => fault.Kind == RecordFaultKind.Missing) ? StatusCode.NotFound
        : faults.All(fault => fault.Code == "name-taken") ? StatusCode.AlreadyExists
        : StatusCode.FailedPrecondition;

    private static string RoleOf(PersonRole role) => role switch
    {
        PersonRole.Customer => Roles.Customer,
        PersonRole.Technician => Roles.Technician,
        PersonRole.Approver => Roles.Approver,
        PersonRole.Administrator => Roles.Administrator,
        _ => "",
    };

    private static Person ToMessage(PersonAccount account) => new()
    {
        PersonId = account.PersonId,
        Name = account.Name,
        Role = account.Role switch
        {
            Roles.Customer => PersonRole.Customer,
            Roles.Approver => PersonRole.Approver,
            Roles.Administrator => PersonRole.Administrator,
            _ => PersonRole.Technician,
        },
        Customer = account.Customer,
        State = (PersonState)account.State,
        SecondFactor = account.HasSecondFactor,
        CreatedTime = account.CreatedAt.ToTimestamp(),
    };

    private SignInLink ToMessage(NewSignInLink link) =>
        new() { Address = location.SignInLink(link.Token), ExpiryTime = link.ExpiryTime.ToTimestamp() };
}
