using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using HaiSoft.FleetSimulator.Identities;

namespace HaiSoft.FleetSimulator.Hostile;

/// <summary>Does harm to a controller, act by act: which, and how, follows from the seed and the act's number alone.</summary>
internal sealed class HostileCrowd(FleetFile file, int first, int count, int seed, TimeProvider time)
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Authority _authority = new(file.Authority);
    private readonly DnsEndPoint _address = Address(file.AgentsAddress);
    private readonly HostileFigures _figures = new();
    private readonly List<RawConnection> _idle = [];

    /// <summary>Goes on until so many hostile frames were sent.</summary>
    /// <param name="actsPerSecond">At most.</param>
    public async Task<HostileFigures> AttackAsync(int frames, double actsPerSecond, CancellationToken cancellationToken)
    {
        HostileAgent[] agents = [.. Enumerable.Range(first, count).Select(Agent)];
        using SemaphoreSlim room = new(AtOnce);
        using PeriodicTimer pace = new(TimeSpan.FromSeconds(1 / actsPerSecond), time);
        List<Task> acts = [];
        for (int number = 0; _figures.Frames < frames && await pace.WaitForNextTickAsync(cancellationToken); number++)
        {
            await room.WaitAsync(cancellationToken);
            acts.Add(ActAsync(agents, number, room, cancellationToken));
        }

        await Task.WhenAll(acts);
        return _figures;
    }

    /// <summary>Opens TLS connections on which nothing is ever said, nine of ten without a certificate.</summary>
    public async Task IdleAsync(int connections, CancellationToken cancellationToken)
    {
        SslStreamCertificateContext certificate = file.Identities[first - 1].ClientContext();
        for (int i = 0; i < connections; i++)
        {
            try
            {
                SslClientAuthenticationOptions tls = _authority.ClientOptions(certificate);
                if (i % 10 > 0)
                    tls.ClientCertificateContext = null;
                _idle.Add(await RawConnection.DialAsync(_address, tls, cancellationToken));
                _figures.Idle++;
            }
            catch (Exception e) when (IsCut(e))
            {
                _figures.Cut();
            }
        }
    }

    /// <summary>Lets go of the idle connections that the controller has left.</summary>
    public void Leave()
    {
        _figures.IdleLeft = _idle.Count(connection => connection.StillStands());
        _idle.ForEach(connection => connection.Dispose());
    }

    private async Task ActAsync(HostileAgent[] agents, int number, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        Random random = new(unchecked((seed * 1_000_003) + number));
        HostileAct act = HostileAct.All[random.Next(HostileAct.All.Count)];
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(Patience);
        try
        {
            HostileTurn turn = await act.DoAsync(agents[number % agents.Length], random, end.Token);
            using RawConnection connection = turn.Connection;
            _figures.Done(act.Name, turn.Frames);
            end.CancelAfter(Linger);
            await connection.EndedAsync(end.Token);
        }
        catch (Exception e) when (IsCut(e) && !cancellationToken.IsCancellationRequested)
        {
            // The controller has cut it off while it was at it, or it lingered long enough.
            _figures.Cut();
        }
        finally
        {
            room.Release();
        }
    }

    private HostileAgent Agent(int number)
    {
        int other = number == first ? 1 : first;
        return new HostileAgent(file.Identities[number - 1], file.Identities[other - 1], number, seed, _address, _authority, time);
    }

    private static bool IsCut(Exception error) => error is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException;

    private static DnsEndPoint Address(string text)
    {
        Uri uri = new($"https://{text}");
        return new DnsEndPoint(uri.Host, uri.Port);
    }
}
