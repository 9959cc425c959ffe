using System.Security.Cryptography;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>Keys have one id, and key files are worth nothing without their passphrase.</summary>
public sealed class KeyTests : IDisposable
{
    private const string Passphrase = "correct horse battery";
    private readonly ScratchFolder _files = new();
    private readonly PrivateKey _key = PrivateKey.Create();

    public void Dispose()
    {
        _key.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void The_id_is_the_hash_of_the_public_key() =>
        _key.PublicKey.Id.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(_key.PublicKey.Encoded.Span)));

    [Fact]
    public void Another_encoding_of_the_same_point_is_no_key()
    {
        byte[] point = _key.PublicKey.Encoded.ToArray();
        byte[] compressed = [.. Convert.FromHexString("3039301306072A8648CE3D020106082A8648CE3D030107032200"), (byte)(2 + (point[^1] & 1)), .. point[27..59]];

        VerificationKey.Read(compressed).ShouldBeNull();
        VerificationKey.Read([.. point, 0]).ShouldBeNull();
        VerificationKey.Read(point).ShouldNotBeNull();
    }

    [Fact]
    public void A_point_that_is_not_on_the_curve_is_no_key()
    {
        byte[] point = _key.PublicKey.Encoded.ToArray();
        point[^1] ^= 1;
        VerificationKey.Read(point).ShouldBeNull();
    }

    [Fact]
    public void Keys_of_another_kind_are_no_keys()
    {
        using ECDsa longer = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using RSA rsa = RSA.Create(2048);
        VerificationKey.Read(longer.ExportSubjectPublicKeyInfo()).ShouldBeNull();
        VerificationKey.Read(rsa.ExportSubjectPublicKeyInfo()).ShouldBeNull();
        VerificationKey.ReadPem(rsa.ExportSubjectPublicKeyInfoPem()).ShouldBeNull();
        VerificationKey.ReadPem("nothing").ShouldBeNull();
        VerificationKey.ReadPem(_key.PublicKey.Pem)!.Id.ShouldBe(_key.PublicKey.Id);
    }

    [Fact]
    public void A_signature_of_zeros_or_of_another_length_is_not_right()
    {
        foreach (int length in (int[])[0, 63, 64, 65, 72])
        {
            _key.PublicKey.Verifies("data"u8, new byte[length], DSASignatureFormat.IeeeP1363FixedFieldConcatenation).ShouldBeFalse();
            _key.PublicKey.Verifies("data"u8, new byte[length], DSASignatureFormat.Rfc3279DerSequence).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_key_file_opens_with_its_passphrase_alone()
    {
        string pem = _key.ToPem(Passphrase);

        PrivateKey.Read(pem, "correct horse batterx").ShouldBeNull();
        PrivateKey.Read(pem, "").ShouldBeNull();
        PrivateKey.Read("nothing", Passphrase).ShouldBeNull();
        using PrivateKey read = PrivateKey.Read(pem, Passphrase)!;
        read.PublicKey.Id.ShouldBe(_key.PublicKey.Id);
        Should.Throw<ArgumentException>(() => _key.ToPem("too short"));
    }

    [Fact]
    public async Task A_key_file_and_its_signatures_are_what_openssl_knows_them_as()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        string file = _files.Write("key.pem", _key.ToPem(Passphrase));
        string data = _files.Write("data", "signed");
        string signature = _files["signature"];
        await File.WriteAllBytesAsync(signature, _key.Sign("signed"u8, DSASignatureFormat.Rfc3279DerSequence), stop);
        string publicKey = _files["public.pem"];

        await MustAsync("pkey", "-in", file, "-passin", "pass:" + Passphrase, "-pubout", "-out", publicKey);
        string verified = await MustAsync("dgst", "-sha256", "-verify", publicKey, "-signature", signature, data);
        string structure = await MustAsync("asn1parse", "-in", file);

        (await File.ReadAllTextAsync(publicKey, stop)).ShouldBe(_key.PublicKey.Pem);
        verified.ShouldContain("Verified OK");
        structure.ShouldContain("PBKDF2");
        structure.ShouldContain("hmacWithSHA256");
        structure.ShouldContain("aes-256-cbc");
        structure.ShouldContain(":0927C0"); // 600,000 turns
    }

    private static async Task<string> MustAsync(params string[] arguments)
    {
        Assert.SkipWhen(Tool.Find("openssl") is null, "openssl is not installed.");
        return (await Tool.RunAsync("openssl", arguments, TestContext.Current.CancellationToken)).Succeeded();
    }
}
