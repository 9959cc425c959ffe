using System.CommandLine;
using HaiSoft.FleetSimulator.Identities;
using HaiSoft.FleetSimulator.Records;

namespace HaiSoft.FleetSimulator.Commands;

/// <summary><c>enrol</c>: records and identities for a fleet.</summary>
internal static class EnrolCommand
{
    public static Command Make()
    {
        Option<int> count = new("--count") { Description = "How many servers the fleet has.", Required = true };
        Option<string> profile = new("--profile") { Description = "The haisoftctl.json in the controller's data folder.", Required = true };
        Option<string> folder = new("--out") { Description = "The fleet's folder; identities in it that still serve are kept.", Required = true };
        Command command = new("enrol", "Makes a customer, servers and their agents' identities.") { count, profile, folder };
        command.SetAction((result, cancel) => Failures.ToldAsync(() => RunAsync(
            result.GetRequiredValue(count), result.GetRequiredValue(profile), result.GetRequiredValue(folder), cancel)));
        return command;
    }

    private static async Task<int> RunAsync(int count, string profilePath, string folder, CancellationToken cancellationToken)
    {
        ControllerProfile profile = ControllerProfile.Read(profilePath);
        using TechnicianLink link = new(profile);
        FleetEnrolment enrolment = new(link, profile, TimeProvider.System);
        FleetFile fleet = await enrolment.EnrolAsync(folder, count, Progress, cancellationToken);
        Console.WriteLine($"{fleet.Identities.Count} agents of {fleet.AgentsAddress} in {FleetFile.PathIn(folder)}");
        return 0;
    }

    private static void Progress(int done)
    {
        if (done % 1_000 == 0)
            Console.Error.WriteLine($"{done} enrolled");
    }
}
