using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Tests.Console;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.Passkeys;
using HaiSoft.Protocol.Trust.V1;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Trust;

/// <summary>What a real browser and its authenticator sign counts for the order that it was asked for, and for no other.</summary>
public sealed class BrowserPasskeyTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Site = TestAuthority.Site;
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly string Machine = new('a', 64);

    [Fact]
    public async Task An_approval_in_a_browser_counts_for_its_order_alone()
    {
        await using IBrowserContext window = await chromium.OpenAsync(new Uri($"https://{Site}"));
        IPage page = await OpenSiteAsync(window);
        JsonElement credential = await MakePasskeyAsync(page);
        using PrivateKey controller = PrivateKey.Create();
        VerificationKey passkey = VerificationKey.Read(credential.GetProperty("key").GetBytesFromBase64()).ShouldNotBeNull();
        TestAuthority authority = new(Now);
        TrustedCatalogue catalogue = authority.Verify(authority.NextCatalogue(TestAuthority.Listed(controller.PublicKey), TestAuthority.ByPasskey(passkey)));
        byte[] order = MakeOrder(controller);
        byte[] other = MakeOrder(controller);

        byte[] approved = await ApproveAsync(page, credential, passkey, order);

        Verify(catalogue, order).ShouldBe(TrustRefusal.OrderTooFewSignatures);
        Verify(catalogue, approved).ShouldBeNull();
        Signature approval = Open(approved).Signatures[^1];
        Verify(catalogue, Sealing.AddSignature(Open(other), approval)).ShouldBe(TrustRefusal.PasskeyWrongChallenge);
    }

    [Fact]
    public async Task A_forged_page_gets_what_a_passkey_may_approve_and_nothing_above_it()
    {
        await using IBrowserContext window = await chromium.OpenAsync(new Uri($"https://{Site}"));
        IPage page = await OpenSiteAsync(window);
        JsonElement credential = await MakePasskeyAsync(page);
        using PrivateKey controller = PrivateKey.Create();
        VerificationKey passkey = VerificationKey.Read(credential.GetProperty("key").GetBytesFromBase64()).ShouldNotBeNull();
        TestAuthority authority = new(Now);
        TrustedCatalogue catalogue = authority.Verify(authority.NextCatalogue(TestAuthority.Listed(controller.PublicKey), TestAuthority.ByPasskey(passkey)));
        (TrustRefusal? Expected, Action<Order> What)[] orders =
        [
            (null, _ => { }),
            (null, order => order.SecurityUpdates = new()),
            (TrustRefusal.OrderSignatureKindNotAccepted, order => order.InstallPackages = new() { Packages = { new PackageInstall { Name = "httpd" } } }),
            (TrustRefusal.OrderSignatureKindNotAccepted, order => order.Undo = Before()),
            (TrustRefusal.OrderEmergencyNotAllowed, order => (order.InstallPackages, order.EmergencyIncidentId) = (new() { Packages = { new PackageInstall { Name = "httpd" } } }, "7")),
            (TrustRefusal.OrderSignatureKindNotAccepted, order => (order.Undo, order.EmergencyIncidentId) = (Before(), "7")),
            (TrustRefusal.OrderTooFewSignatures, order => order.ServerCount = 11),
            (TrustRefusal.OrderPackageNotListed, order => order.UpdatePackages = new() { Names = { "bash" } }),
        ];

        // Whatever its page shows, a sign-in say, a controller that is taken over asks for what it likes, and says that the customer asked.
        foreach ((TrustRefusal? expected, Action<Order> what) in orders)
        {
            byte[] order = MakeOrder(controller, what);
            Verify(catalogue, await ApproveAsync(page, credential, passkey, order)).ShouldBe(expected, Order.Parser.ParseFrom(Open(order).Payload.Span).ToString());
        }
    }

    [Fact]
    public async Task Another_site_gets_no_answer_and_a_frame_in_it_none_that_counts()
    {
        await using IBrowserContext window = await chromium.OpenAsync(new Uri($"https://{Site}"));
        IPage page = await OpenSiteAsync(window);
        JsonElement credential = await MakePasskeyAsync(page);
        using PrivateKey controller = PrivateKey.Create();
        VerificationKey passkey = VerificationKey.Read(credential.GetProperty("key").GetBytesFromBase64()).ShouldNotBeNull();
        TestAuthority authority = new(Now);
        TrustedCatalogue catalogue = authority.Verify(authority.NextCatalogue(TestAuthority.Listed(controller.PublicKey), TestAuthority.ByPasskey(passkey)));
        byte[] order = MakeOrder(controller);
        await page.RouteAsync("https://evil.example/", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<!doctype html><title>Evil</title><iframe src='https://{Site}/' allow='publickey-credentials-get *'></iframe>",
        }));
        await page.GotoAsync("https://evil.example/");
        IFrame framed = page.Frames.Single(frame => frame.Url == $"https://{Site}/");

        PlaywrightException refused = await Should.ThrowAsync<PlaywrightException>(() => ApproveAsync(page.MainFrame, credential, passkey, order));
        byte[] approved = await ApproveAsync(framed, credential, passkey, order);

        refused.Message.ShouldContain("SecurityError");
        Verify(catalogue, approved).ShouldBe(TrustRefusal.PasskeyWrongOrigin);
    }

    // Nothing is asked of a network: every address answers with an empty page.
    private static async Task<IPage> OpenSiteAsync(IBrowserContext window)
    {
        IPage page = await window.NewPageAsync();
        await page.RouteAsync("**/*", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><title>Console</title>" }));
        await page.GotoAsync("/");
        await VirtualAuthenticator.AddToAsync(page);
        return page;
    }

    private static async Task<JsonElement> MakePasskeyAsync(IPage page) => (await page.EvaluateAsync<JsonElement?>(
        """
        async (site) => {
            const made = await navigator.credentials.create({ publicKey: {
                challenge: new Uint8Array(32), rp: { id: site, name: "HaiSoft" }, user: { id: new Uint8Array(16), name: "chloe", displayName: "Chloé" },
                pubKeyCredParams: [{ type: "public-key", alg: -7 }], authenticatorSelection: { userVerification: "required" } } });
            return { id: new Uint8Array(made.rawId).toBase64(), key: new Uint8Array(made.response.getPublicKey()).toBase64() };
        }
        """,
        Site)).ShouldNotBeNull();

    private static Task<byte[]> ApproveAsync(IPage page, JsonElement credential, VerificationKey passkey, byte[] order) =>
        ApproveAsync(page.MainFrame, credential, passkey, order);

    private static async Task<byte[]> ApproveAsync(IFrame page, JsonElement credential, VerificationKey passkey, byte[] order)
    {
        JsonElement said = (await page.EvaluateAsync<JsonElement?>(
            """
            async ([site, id, challenge]) => {
                const got = await navigator.credentials.get({ publicKey: {
                    challenge: Uint8Array.fromBase64(challenge), rpId: site, userVerification: "required",
                    allowCredentials: [{ type: "public-key", id: Uint8Array.fromBase64(id) }] } });
                const text = (part) => new Uint8Array(got.response[part]).toBase64();
                return { authenticatorData: text("authenticatorData"), clientDataJSON: text("clientDataJSON"), signature: text("signature") };
            }
            """,
            new[] { Site, credential.GetProperty("id").GetString(), Convert.ToBase64String(PasskeyChallenge.ForOrder(Open(order).Payload.Span)) })).ShouldNotBeNull();
        return Sealing.AddSignature(Open(order), new Signature
        {
            KeyId = passkey.Id,
            Kind = SignatureKind.Passkey,
            Signature_ = Bytes(said, "signature"),
            Passkey = new PasskeyProof { AuthenticatorData = Bytes(said, "authenticatorData"), ClientDataJson = Bytes(said, "clientDataJSON") },
        });
    }

    private static byte[] MakeOrder(PrivateKey controller, Action<Order>? what = null)
    {
        Order order = new()
        {
            OrderId = ByteString.CopyFrom(Guid.NewGuid().ToByteArray()),
            MachineId = Machine,
            CreatedTime = At(-60),
            WindowStartTime = At(-60),
            WindowEndTime = At(3600),
            ExpiryTime = At(3600),
            PlanHash = ByteString.CopyFrom(new byte[32]),
            PackageStateHash = ByteString.CopyFrom(new byte[32]),
            Origin = RequestOrigin.Customer,
            ServerCount = 1,
            UpdatePackages = new UpdatePackages { Names = { "httpd" } },
        };
        what?.Invoke(order);
        return TestAuthority.Sign(Sealing.Seal(PayloadTypes.Order, order), controller);
    }

    private static Undo Before() => new() { OrderId = ByteString.CopyFrom(Guid.NewGuid().ToByteArray()) };

    private static TrustRefusal? Verify(TrustedCatalogue catalogue, byte[] order) =>
        OrderVerification.Verify(catalogue, order, new(Machine, new HashSet<string>(), Now)).Refusal?.Reason;

    private static OpenedEnvelope Open(byte[] envelope) => OpenedEnvelope.Open(envelope).Accepted;

    private static ByteString Bytes(JsonElement said, string part) => ByteString.CopyFrom(said.GetProperty(part).GetBytesFromBase64());

    private static Timestamp At(int seconds) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds() + seconds));
}
