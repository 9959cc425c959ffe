using System.Text.Json;

namespace HaiSoft.Ctl.Json;

// The shapes that --json prints. Fields are only ever added. Times are ISO 8601 in UTC; what is absent is null.

/// <summary>A customer.</summary>
internal sealed record CustomerShape(string CustomerId, string Name, string Email, DateTimeOffset? CreatedTime, int ServerCount);

/// <summary>A server. <c>fee_cents</c>: EUR cents excluding VAT, per <c>fee_period</c> ("month", "year").</summary>
internal sealed record ServerShape(
    string ServerId,
    string Name,
    string Customer,
    string Kind,
    string? Rack,
    string? Host,
    long FeeCents,
    string FeePeriod,
    string FromDate,
    bool BackupOption,
    string Health,
    string Presence,
    DateTimeOffset? LastReportTime,
    int OpenIncidentCount,
    IReadOnlyList<string> Warnings,
    string? OsName,
    string? OrdersWithheld);

/// <summary>A component or service of a server.</summary>
internal sealed record ComponentShape(
    string ComponentId, string Title, string Health, string Reason, DateTimeOffset? ObservedTime, DateTimeOffset? SinceTime, bool Service);

/// <summary>A fact about a server.</summary>
internal sealed record FactShape(string Name, string Value);

/// <summary>One server, whole.</summary>
internal sealed record ServerDetailShape(ServerShape Server, IReadOnlyList<ComponentShape> Components, IReadOnlyList<FactShape> Facts);

/// <summary>A clock: kind "intervention" or "replacement"; state "running", "met" or "breached"; remaining at <c>server_time</c>, negative when late.</summary>
internal sealed record ClockShape(
    string Kind, string State, DateTimeOffset? StartedTime, DateTimeOffset? DueTime, DateTimeOffset? StoppedTime, double? RemainingSeconds);

/// <summary>A judged fault.</summary>
internal sealed record FindingShape(
    string ComponentId, string Title, string Reason, IReadOnlyList<string> Evidence, DateTimeOffset? DetectedTime, DateTimeOffset? RecoveredTime);

/// <summary>An incident: kind "service", "hardware" or "monitoring"; state "detected", "acknowledged", "intervention" or "resolved".</summary>
internal sealed record IncidentShape(
    string IncidentId,
    string Server,
    string Customer,
    string? Place,
    string Kind,
    string State,
    string Title,
    DateTimeOffset? DetectedTime,
    DateTimeOffset? OpenedTime,
    DateTimeOffset? RecoveredTime,
    string? Technician,
    IReadOnlyList<ClockShape> Clocks,
    IReadOnlyList<FindingShape> Findings);

/// <summary>Incidents, what breaches next first.</summary>
internal sealed record IncidentListShape(DateTimeOffset ServerTime, IReadOnlyList<IncidentShape> Incidents);

/// <summary>An entry of a timeline.</summary>
internal sealed record TimelineShape(
    DateTimeOffset? OccurredTime, DateTimeOffset? RecordedTime, string Actor, string Text, string? EvidenceHash);

/// <summary>One incident with its timeline.</summary>
internal sealed record IncidentDetailShape(DateTimeOffset ServerTime, IncidentShape Incident, IReadOnlyList<TimelineShape> Timeline);

/// <summary>Somebody who signs in: role "customer", "technician", "approver" or "administrator"; state "invited", "active" or "disabled".</summary>
internal sealed record PersonShape(
    string PersonId, string Name, string Role, string? Customer, string State, bool SecondFactor, DateTimeOffset? CreatedTime);

/// <summary>Somebody, and the one-time link to hand over.</summary>
internal sealed record PersonLinkShape(PersonShape Person, string Address, DateTimeOffset? ExpiryTime);

/// <summary>
/// A request. Kind "install", "update", "monitor", "mail" or "other"; state "received", "quote_needed", "quoted", "accepted", "declined",
/// "expired", "in_work", "closed", "refused" or "withdrawn".
/// </summary>
internal sealed record RequestShape(
    string RequestId,
    string Customer,
    string Kind,
    IReadOnlyList<string> Servers,
    IReadOnlyList<string> Packages,
    IReadOnlyList<string> Components,
    string? Check,
    string? Words,
    DateTimeOffset? WindowFromTime,
    DateTimeOffset? WindowUntilTime,
    string State,
    bool NeedsQuote,
    DateTimeOffset? ReceivedTime,
    DateTimeOffset? ChangedTime,
    string? Technician);

/// <summary>A step of a request: "receive", "include", "need_quote", "send_quote", "accept_quote", "decline_quote", "expire_quote", "take", "close", "refuse" or "withdraw".</summary>
internal sealed record RequestEventShape(
    string Step, DateTimeOffset? OccurredTime, string Actor, string? Text, int? QuoteVersion, string? QuoteSha256);

/// <summary>A line of a quote, in cents of EUR excluding VAT.</summary>
internal sealed record QuoteLineShape(string Text, int Quantity, long UnitPriceCents);

/// <summary>A quote, in cents of EUR excluding VAT. State "draft", "sent", "accepted", "declined", "expired" or "replaced"; valid until the end of the day in Paris.</summary>
internal sealed record QuoteShape(
    int Version, IReadOnlyList<QuoteLineShape> Lines, long AmountCents, string ValidUntilDate, string State, string Sha256);

/// <summary>One request with its story and its quotes.</summary>
internal sealed record RequestDetailShape(RequestShape Request, IReadOnlyList<RequestEventShape> Story, IReadOnlyList<QuoteShape> Quotes);

/// <summary>A one-time token.</summary>
internal sealed record TokenShape(string Server, string Token, DateTimeOffset? ExpiryTime, string ControllerAddress);

/// <summary>A revocation.</summary>
internal sealed record RevokedShape(string Server, bool StreamCut);

/// <summary>An identity that is trusted again.</summary>
internal sealed record TrustedShape(string Server);

/// <summary>An import.</summary>
internal sealed record ImportedShape(int AddedCount);

/// <summary>An added check.</summary>
internal sealed record CheckShape(string ServiceId, string Kind, string Role, string? Unit, int? Port, string? HostName, bool Tls, string? Path);

/// <summary>The checks that hold.</summary>
internal sealed record ChecksShape(long ConfigurationVersion, IReadOnlyList<CheckShape> Services);

/// <summary>What a check that was asked for saw.</summary>
internal sealed record CheckedShape(string Service, string Health, string Reason);

/// <summary>A public key: id is the SHA-256 of the base64 <c>public_key</c> (SubjectPublicKeyInfo, DER).</summary>
internal sealed record KeyShape(string KeyId, string Name, string PublicKey);

/// <summary>A signature: kind "key_file" or "passkey".</summary>
internal sealed record SignatureShape(string KeyId, string Kind);

/// <summary>A root, catalogue or order; <c>content</c> has the fields of the protos; null when it has instants that are none. <c>refusal</c> and <c>words</c>: why it is not to be used yet; null when it is, or was not judged.</summary>
internal sealed record SealedShape(
    string PayloadType, string Sha256, IReadOnlyList<SignatureShape> Signatures, JsonElement? Content, string? Refusal, string? Words);

/// <summary>A catalogue that was written as text.</summary>
internal sealed record WrittenShape(string File, long Version);

/// <summary>A catalogue without a fault; <c>warning</c> when it expires soon.</summary>
internal sealed record CheckedCatalogueShape(long Version, bool IsSealed, DateTimeOffset ExpiryTime, string? Warning);

/// <summary>A publication: what is "root" or "catalogue"; anew is false when it was published before.</summary>
internal sealed record PublishedShape(string What, long Version, bool Anew);

/// <summary>A root or a catalogue that is published.</summary>
internal sealed record PublishedEnvelopeShape(
    long Version, string Sha256, DateTimeOffset? ExpiryTime, DateTimeOffset? PublishedTime, string PublishedBy);

/// <summary>What a server verifies orders by; versions are 0 for none.</summary>
internal sealed record ServerCatalogueShape(
    string Server,
    bool Pinned,
    long RootVersion,
    long CatalogueVersion,
    DateTimeOffset? CatalogueExpiryTime,
    string? Refusal,
    DateTimeOffset? ReportedTime);

/// <summary>What is published, and what servers hold.</summary>
internal sealed record CatalogueStateShape(
    PublishedEnvelopeShape? Root, PublishedEnvelopeShape? Catalogue, IReadOnlyList<ServerCatalogueShape> Servers);

/// <summary>A plan: sha256 of its exact bytes; content has the fields of the protos.</summary>
internal sealed record PlanShape(string Sha256, JsonElement? Content)
{
    public static PlanShape Of(Trust.PlanFile plan) => new(plan.Sha256, SealedShaping.Content(plan.Plan));
}

/// <summary>An operation. State: "awaiting_approval", "approved", "sent", then what its server told.</summary>
internal sealed record OperationShape(
    string OperationId,
    string OrderId,
    string Server,
    string Customer,
    string Kind,
    string State,
    string? RequestId,
    string? IncidentId,
    string DraftedBy,
    DateTimeOffset? DraftedTime,
    DateTimeOffset? WindowStartTime,
    DateTimeOffset? WindowEndTime,
    string PlanSha256,
    int SignaturesMissing,
    bool ConsentMissing,
    bool CancelAsked,
    DateTimeOffset? ReviewDueTime,
    string? Withheld,
    string? UndoesOperationId,
    IReadOnlyList<string> UndoneBy,
    bool BackupOption,
    bool Settled,
    string? RolloutId);

/// <summary>A step that was taken.</summary>
internal sealed record OperationEventShape(string Step, DateTimeOffset? Time, string Actor, string? Text);

/// <summary>An entry of the server's journal; content has the fields of the protos.</summary>
internal sealed record OrderReportShape(long Entry, DateTimeOffset? Time, JsonElement? Content);

/// <summary>An operation with all that is known of it; order and plan are exact bytes in base64, plan null when it is not kept any more.</summary>
internal sealed record OperationDetailShape(
    OperationShape Operation,
    string Order,
    string? Plan,
    IReadOnlyList<SignatureShape> Signatures,
    IReadOnlyList<OperationEventShape> Story,
    IReadOnlyList<OrderReportShape> Reports);

/// <summary>Something of an operation that is watched: one of the two.</summary>
internal sealed record OperationNewsShape(OperationShape? Operation, OrderReportShape? Report);

/// <summary>A rollout. State: "under_way", "held", "finished", "cancelled", "window_over"; held_because is null when it is not held.</summary>
internal sealed record RolloutShape(
    string RolloutId,
    string State,
    string What,
    string? RequestId,
    string StartedBy,
    DateTimeOffset? StartedTime,
    DateTimeOffset? WindowStartTime,
    DateTimeOffset? WindowEndTime,
    int Wave,
    int WaveCount,
    int ServerCount,
    int SucceededCount,
    string? HeldBecause);

/// <summary>A server of a rollout; operation is null before its plan was made.</summary>
internal sealed record RolloutServerShape(string Server, int Wave, bool LeftOut, bool WithoutPlan, string? Note, OperationShape? Operation);

/// <summary>A rollout with its servers in the order of the waves, and its steps.</summary>
internal sealed record RolloutDetailShape(RolloutShape Rollout, IReadOnlyList<RolloutServerShape> Servers, IReadOnlyList<OperationEventShape> Story);

/// <summary>Why a command was not done; printed to standard error.</summary>
internal sealed record ErrorShape(int ExitCode, string Error);
