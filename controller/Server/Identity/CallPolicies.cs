using System.Collections.Frozen;

namespace HaiSoft.Controller.Identity;

/// <summary>The policy of every RPC. One that is not listed here does not start (<see cref="CallPolicyCheck"/>).</summary>
internal static class CallPolicies
{
    private const string Agent = "/haisoft.agent.v1.";
    private const string Technician = "/haisoft.technician.v1.";

    private static readonly FrozenDictionary<string, CallPolicy> ByPath = new Dictionary<string, CallPolicy>
    {
        [Agent + "EnrolmentService/Enrol"] = CallPolicy.Enrolment,
        [Agent + "EnrolmentService/Renew"] = CallPolicy.AgentRenewal,
        [Agent + "AgentLinkService/Connect"] = CallPolicy.Agent,
        [Technician + "RecordsService/AddCustomer"] = CallPolicy.Technician,
        [Technician + "RecordsService/ListCustomers"] = CallPolicy.Technician,
        [Technician + "RecordsService/AddServer"] = CallPolicy.Technician,
        [Technician + "RecordsService/ListServers"] = CallPolicy.Technician,
        [Technician + "RecordsService/GetServer"] = CallPolicy.Technician,
        [Technician + "RecordsService/ImportRecords"] = CallPolicy.Technician,
        [Technician + "RecordsService/CreateEnrolmentToken"] = CallPolicy.Technician,
        [Technician + "RecordsService/RevokeIdentity"] = CallPolicy.Technician,
        [Technician + "RecordsService/TrustIdentity"] = CallPolicy.Technician,
        [Technician + "RecordsService/SetServerChecks"] = CallPolicy.Technician,
        [Technician + "RecordsService/CheckService"] = CallPolicy.Technician,
        [Technician + "CatalogueService/PublishRoot"] = CallPolicy.Technician,
        [Technician + "CatalogueService/PublishCatalogue"] = CallPolicy.Technician,
        [Technician + "CatalogueService/GetCatalogueState"] = CallPolicy.Technician,
        [Technician + "CatalogueService/GetControllerKey"] = CallPolicy.Technician,
        [Technician + "OperationService/PlanOperation"] = CallPolicy.Technician,
        [Technician + "OperationService/DraftOperation"] = CallPolicy.Technician,
        [Technician + "OperationService/UndoOperation"] = CallPolicy.Technician,
        [Technician + "OperationService/ListOperations"] = CallPolicy.Technician,
        [Technician + "OperationService/GetOperation"] = CallPolicy.Technician,
        [Technician + "OperationService/ApproveOperation"] = CallPolicy.Technician,
        [Technician + "OperationService/CancelOperation"] = CallPolicy.Technician,
        [Technician + "OperationService/ReviewOperation"] = CallPolicy.Technician,
        [Technician + "OperationService/SettleOperation"] = CallPolicy.Technician,
        [Technician + "OperationService/WatchOperation"] = CallPolicy.Technician,
        [Technician + "RolloutService/StartRollout"] = CallPolicy.Technician,
        [Technician + "RolloutService/ListRollouts"] = CallPolicy.Technician,
        [Technician + "RolloutService/GetRollout"] = CallPolicy.Technician,
        [Technician + "RolloutService/ResumeRollout"] = CallPolicy.Technician,
        [Technician + "RolloutService/CancelRollout"] = CallPolicy.Technician,
        [Technician + "IncidentService/ListIncidents"] = CallPolicy.Technician,
        [Technician + "IncidentService/GetIncident"] = CallPolicy.Technician,
        [Technician + "IncidentService/AcknowledgeIncident"] = CallPolicy.Technician,
        [Technician + "IncidentService/BeginIntervention"] = CallPolicy.Technician,
        [Technician + "IncidentService/RecordReplacement"] = CallPolicy.Technician,
        [Technician + "IncidentService/ResolveIncident"] = CallPolicy.Technician,
        [Technician + "IncidentService/WatchIncidents"] = CallPolicy.Technician,
        [Technician + "PeopleService/AddPerson"] = CallPolicy.Technician,
        [Technician + "PeopleService/ListPeople"] = CallPolicy.Technician,
        [Technician + "PeopleService/CreateSignInLink"] = CallPolicy.Technician,
        [Technician + "PeopleService/DisablePerson"] = CallPolicy.Technician,
        [Technician + "RequestsService/AddRequest"] = CallPolicy.Technician,
        [Technician + "RequestsService/ListRequests"] = CallPolicy.Technician,
        [Technician + "RequestsService/GetRequest"] = CallPolicy.Technician,
        [Technician + "RequestsService/TakeStep"] = CallPolicy.Technician,
        [Technician + "RequestsService/WriteQuote"] = CallPolicy.Technician,
        [Technician + "RequestsService/SendQuote"] = CallPolicy.Technician,
    }.ToFrozenDictionary();

    /// <summary>The policy's name among all policies of the program; pages have their own.</summary>
    public static string NameOf(CallPolicy policy) => $"call.{policy}";

    /// <summary>The policy of a call by its path, "/package.Service/Method"; null for one that is not listed.</summary>
    public static CallPolicy? Of(string path) => ByPath.TryGetValue(path, out CallPolicy policy) ? policy : null;
}
