using System.Text;
using HaiSoft.Ctl;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Fuzzing;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Fuzz;

/// <summary>Whatever text is given as a catalogue, it is read, and written it is read as the same again; or its faults are told.</summary>
public sealed class CatalogueTextFuzzTests
{
    [Fact]
    public void Whatever_text_comes_it_is_read_or_its_faults_are_told() => Run(TimeSpan.FromSeconds(2));

    [Fact]
    [Trait("Category", "Soak")]
    public void Whatever_text_comes_it_is_read_or_its_faults_are_told_for_long() => Run(TimeSpan.FromMinutes(10));

    private static void Run(TimeSpan length) => TestContext.Current.TestOutputHelper?.WriteLine(
        Fuzzer.Run("catalogue texts", [Encoding.UTF8.GetBytes(Good())], Take, length, TestContext.Current.CancellationToken));

    private static string Good() => CatalogueText.Write(NewCatalogue.Example([Key(), Key()], [Key()], TimeProvider.System.GetUtcNow()));

    private static void Take(byte[] text)
    {
        Catalogue catalogue;
        try
        {
            catalogue = CatalogueText.Read("catalogue.json", text);
        }
        catch (CtlException refusal)
        {
            refusal.Message.ShouldContain("\nline ");
            return;
        }

        CatalogueText.Read("catalogue.json", Encoding.UTF8.GetBytes(CatalogueText.Write(catalogue))).ShouldBe(catalogue);
        OpenedEnvelope sealedCatalogue = OpenedEnvelope.Open(Sealing.Seal(PayloadTypes.Catalogue, catalogue)).Accepted;
        ExactBytes.Read(Catalogue.Parser, sealedCatalogue.Payload.Span).Accepted.ShouldBe(catalogue);
    }

    private static SigningKey Key()
    {
        using PrivateKey key = PrivateKey.Create();
        return new() { KeyId = key.PublicKey.Id, PublicKey = Google.Protobuf.ByteString.CopyFrom(key.PublicKey.Encoded.Span), Name = "Somebody" };
    }
}
