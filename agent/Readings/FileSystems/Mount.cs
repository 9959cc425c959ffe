namespace HaiSoft.Agent.Readings.FileSystems;

/// <summary>A mounted file system.</summary>
/// <param name="MountPoint">Where; the place that is highest up, when it is mounted at several.</param>
/// <param name="Type">"ext4", "xfs".</param>
/// <param name="Source">Which device.</param>
/// <param name="DeviceNumber">"8:1": the same for every place that the file system is mounted at.</param>
/// <param name="ReadOnly">
/// The file system itself cannot be written. One place of it may be read-only all the same: in a hardened unit all are.
/// </param>
public sealed record Mount(string MountPoint, string Type, string Source, string DeviceNumber, bool ReadOnly);
