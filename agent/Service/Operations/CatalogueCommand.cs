using System.CommandLine;
using System.Globalization;
using Google.Protobuf;
using HaiSoft.Agent.Readings;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Operations;

/// <summary><c>haisoft-agent catalogue import</c>: roots and a catalogue brought by hand, by way of the same helper.</summary>
internal static class CatalogueCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Roots and a catalogue, as 'haisoftctl root sign' and 'haisoftctl catalogue sign' wrote them.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> socket = new("--socket")
        {
            Description = "Where the helper that keeps them listens.",
            HelpName = "PATH",
            DefaultValueFactory = _ => OperationsClient.DefaultSocket,
        };
        Command import = new("import", "Give this server roots and a catalogue by hand, as root. They are verified as those that the controller offers.")
        {
            files, socket,
        };
        import.SetAction((arguments, cancellationToken) => ImportAsync(arguments.GetValue(files)!, arguments.GetValue(socket)!, cancellationToken));
        return new Command("catalogue", "What this server may be made to do.") { import };
    }

    private static async Task<int> ImportAsync(string[] files, string socket, CancellationToken cancellationToken)
    {
        if (Gather(files, out string problem) is not { } offer)
        {
            return Fail(ExitCodes.Usage, problem);
        }

        OperationsClient helper = new(socket, Patience, TimeProvider.System);
        switch (await helper.OfferAsync(offer, cancellationToken))
        {
            case Measured<TrustReport> { Value: { Refusal: TrustRefusal.Unspecified } trust }:
                Console.WriteLine(Tell(trust));
                return ExitCodes.Ok;
            case Measured<TrustReport> { Value: var trust }:
                return Fail(ExitCodes.Failed, $"Refused ({trust.Refusal}): {Wording.Bound(trust.RefusalDetail)}\n{Tell(trust)}");
            case Unavailable<TrustReport> { Why.Detail: var why }:
                return Fail(ExitCodes.Failed, $"Nothing was imported: {why} Run this as root.");
            default:
                return ExitCodes.Failed;
        }
    }

    private static TrustOffer? Gather(string[] files, out string problem)
    {
        TrustOffer offer = new();
        problem = "";
        foreach (string path in files)
        {
            if (TrustFile.Read(path, out problem) is not { } file)
            {
                return null;
            }

            if (file.IsRoot)
            {
                offer.Roots.Add(ByteString.CopyFrom(file.Content));
            }
            else if (offer.Catalogue.IsEmpty)
            {
                offer.Catalogue = ByteString.CopyFrom(file.Content);
            }
            else
            {
                problem = $"{path} is a second catalogue: give the one that is to count.";
                return null;
            }
        }

        return offer;
    }

    private static string Tell(TrustReport trust) => string.Create(
        CultureInfo.InvariantCulture,
        $"Held now: {Tell("root", trust.RootVersion, trust.RootExpiryTime)}; {Tell("catalogue", trust.CatalogueVersion, trust.CatalogueExpiryTime)}.");

    private static string Tell(string what, long version, Google.Protobuf.WellKnownTypes.Timestamp? expiry) =>
        version == 0 ? $"no {what}" : string.Create(CultureInfo.InvariantCulture, $"{what} {version} until {expiry?.ToDateTimeOffset():u}");

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
