using System.Text.Json.Nodes;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Processes;

namespace HaiSoft.EndToEnd.Tests.AgentProtocol;

/// <summary>Runs <c>agent.mjs</c>: an agent made of @grpc/grpc-js and the proto files.</summary>
internal static class ForeignAgent
{
    /// <summary>Why it cannot run on this machine; null when all is there.</summary>
    public static string? WhyNot() =>
        Tool.Find("node") is null ? "Node.js is not installed: ./build.sh setup installs it."
        : !Directory.Exists(RepositoryFolder.In("node_modules", "@grpc", "grpc-js")) ? "@grpc/grpc-js is not installed: npm ci, or ./build.sh setup."
        : null;

    /// <summary>Connects once, reports once if it is welcome, and returns what happened, event by event.</summary>
    /// <param name="identity">The identity file of an enrolled agent; null for none.</param>
    /// <param name="trusted">An identity file whose CA the controller is checked against.</param>
    /// <param name="claim">The agent id that it gives.</param>
    public static async Task<IReadOnlyList<JsonObject>> RunAsync(
        NetworkNamespace network, ControllerProgram controller, string? identity, string trusted, string claim, CancellationToken cancellationToken)
    {
        var task = new JsonObject
        {
            ["protos"] = RepositoryFolder.In("protos"),
            ["address"] = controller.AgentsAddress,
            ["identity"] = identity,
            ["ca"] = AuthoritiesOf(trusted),
            ["claim"] = claim,
        };
        var ran = await network.RunAsync("node", [RepositoryFolder.In("tests", "EndToEnd.Tests", "AgentProtocol", "agent.mjs"), task.ToJsonString()], cancellationToken);
        return [.. ran.Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    /// <summary>The agent id of an identity file.</summary>
    public static string IdOf(string identity) => JsonNode.Parse(File.ReadAllText(identity))!["agentId"]!.GetValue<string>();

    private static string AuthoritiesOf(string identity) =>
        string.Join('\n', JsonNode.Parse(File.ReadAllText(identity))!["caPems"]!.AsArray().Select(pem => pem!.GetValue<string>()));
}
