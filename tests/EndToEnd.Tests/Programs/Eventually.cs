namespace HaiSoft.EndToEnd.Tests.Programs;

/// <summary>Looks again until something is so: for what another program does in its own time.</summary>
internal static class Eventually
{
    /// <summary>The first answer that is not null.</summary>
    /// <exception cref="TimeoutException">None came in time; the message says what was awaited.</exception>
    public static async Task<T> SeeAsync<T>(string what, TimeSpan within, Func<Task<T?>> lookAsync, CancellationToken cancellationToken)
        where T : class
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await lookAsync() is { } seen)
            {
                return seen;
            }

            if (TimeProvider.System.GetElapsedTime(start) > within)
            {
                throw new TimeoutException($"Not seen within {within}: {what}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }
}
