using System.Text;
using System.Text.Json;
using HaiSoft.Controller.Listeners;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>
/// Makes the first technician's token at the first start (<c>technician.token</c>) and, at every start while that file is there, the
/// profile for <c>haisoftctl</c> beside it (<c>haisoftctl.json</c>). Both have mode 0600.
/// </summary>
internal sealed partial class FirstTechnician(
    WriteGate gate, DataFolder folder, CertificateAuthority authority, BoundPorts ports, ILogger<FirstTechnician> logger)
    : IHostedLifecycleService
{
    private const string TokenFile = "technician.token";
    private const string ProfileFile = "haisoftctl.json";
    private const string Name = "technician";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public Task StartingAsync(CancellationToken cancellationToken) => gate.WriteAsync(EnsureTokenAsync, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (ReadToken() is not { } token || ports.Of(ListenerKind.Technicians) is not { } port)
            return Task.CompletedTask;
        string path = folder.At(ProfileFile);
        Profile profile = new(
            $"https://localhost:{port}",
            token,
            Convert.ToHexStringLower(authority.Sha256.Span));
        PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(profile, Json));
        Log.Profile(logger, path);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The file first: a token whose hash alone was stored would be of no use to anybody.
    private async Task EnsureTokenAsync(WriteSession session, CancellationToken cancellationToken)
    {
        if (ReadToken() is null && !await session.Db.Set<TechnicianTokenRow>().AnyAsync(cancellationToken))
            PrivateFile.Write(folder.At(TokenFile), Encoding.ASCII.GetBytes(TechnicianTokens.Make() + "\n"));
        if (ReadToken() is not { } token)
            return;
        byte[] hash = TechnicianTokens.HashOf(token);
        if (await session.Db.Set<TechnicianTokenRow>().AnyAsync(row => row.TokenHash == hash, cancellationToken))
            return;
        session.Db.Add(new TechnicianTokenRow { TokenHash = hash, Name = Name, CreatedTime = session.Now });
        await session.Db.SaveChangesAsync(cancellationToken);
    }

    private string? ReadToken()
    {
        string path = folder.At(TokenFile);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    /// <summary>What <c>haisoftctl</c> needs to reach this controller and to know it.</summary>
    private sealed record Profile(string Address, string Token, string CaSha256);

    private static partial class Log
    {
        [LoggerMessage(2051, LogLevel.Information, "Profile for the command line: haisoftctl --profile {Path}")]
        public static partial void Profile(ILogger logger, string path);
    }
}
