using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Recovery;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Storage;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Operations;

/// <summary>The key that a controller signs orders with.</summary>
public sealed class OrderKeyTests : IDisposable
{
    private readonly TestStore _store = TestStore.Make(StoreKind.Sqlite);
    private readonly DataFolder _folder;

    public OrderKeyTests() => _folder = new(_store.Options);

    private string KeyFile => _folder.At("ca/order.key");

    public void Dispose()
    {
        _folder.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void It_is_made_once_for_the_controller_alone_and_lies_in_backups()
    {
        string first = IdOf();

        IdOf().ShouldBe(first);
        File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        KeptFiles.In(_folder.Root).ShouldContain("ca/order.key");
    }

    [Fact]
    public void Where_it_is_lost_or_damaged_no_other_takes_its_place_unasked()
    {
        IdOf();
        File.WriteAllText(KeyFile, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        Should.Throw<StartRefusedException>(IdOf).Message.ShouldContain("cannot be read");
        File.Delete(KeyFile);
        Should.Throw<StartRefusedException>(IdOf).Message.ShouldContain("Restore it from a backup");
    }

    private string IdOf()
    {
        using OrderKey key = new(_folder);
        return key.Public.KeyId;
    }
}
