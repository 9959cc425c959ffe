namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>Stored bytes are not what this program wrote: damaged on their way, or of another version.</summary>
/// <param name="message">What does not hold.</param>
internal sealed class BlockDamagedException(string message) : Exception(message);
