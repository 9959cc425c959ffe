using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Hardware;

namespace HaiSoft.Agent.Hardware;

/// <summary>One source, how often it is read and how.</summary>
/// <param name="Source">Which.</param>
/// <param name="Interval">Between two readings, at most.</param>
/// <param name="Patience">After which a reading is told as timed out; it is not started again before it ends.</param>
/// <param name="ReadAsync">Reads it.</param>
/// <param name="Hurry">Ends when it should be read at once, in a task made anew at each call; absent where nothing tells.</param>
internal sealed record Sensor(
    HardwareSource Source,
    TimeSpan Interval,
    TimeSpan Patience,
    Func<CancellationToken, Task<Reading<HardwareComponents>>> ReadAsync,
    Func<Task>? Hurry = null);
