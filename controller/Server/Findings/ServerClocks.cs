using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Findings;

/// <summary>How servers' clocks stand, for their pages.</summary>
internal sealed class ServerClocks(IDbContextFactory<ControllerDbContext> contexts)
{
    /// <summary>The last reading that was news, in words; empty before the first.</summary>
    public async Task<string> DescribeAsync(string serverId, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        ClockRow? last = await db.Set<ClockRow>().AsNoTracking()
            .Where(row => row.ServerId == serverId)
            .OrderByDescending(row => row.MeasuredTime)
            .FirstOrDefaultAsync(cancellationToken);
        return last is null ? "" : ClockWords.Describe(last.ToReading());
    }
}
