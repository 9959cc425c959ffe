using HaiSoft.Controller.Tests.Storage;
using HaiSoft.Testing.Databases;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace HaiSoft.Controller.Tests.Storage;

/// <summary>Ends the tests' PostgreSQL when the last test has ended.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await PostgresServer.StopSharedAsync();
}
