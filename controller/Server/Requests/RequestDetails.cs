using System.Text.Json;
using HaiSoft.Controller.Records;

namespace HaiSoft.Controller.Requests;

/// <summary>What exactly is asked for; what does not belong to the kind is empty.</summary>
/// <param name="Packages">Names of RPM packages.</param>
/// <param name="Components">What is to be updated.</param>
/// <param name="Service">What is to be monitored.</param>
/// <param name="Words">The configuration wished for, or the whole wish, in the customer's words; may be empty where the rest says it.</param>
internal sealed record RequestDetails(
    IReadOnlyList<string> Packages, IReadOnlyList<UpdatedComponent> Components, AddedService? Service, string Words)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static RequestDetails Read(string stored) => JsonSerializer.Deserialize<RequestDetails>(stored)!;
}
