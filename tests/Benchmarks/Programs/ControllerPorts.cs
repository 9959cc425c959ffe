using HaiSoft.Testing.Networks;

namespace HaiSoft.Benchmarks.Programs;

/// <summary>Where a controller listens.</summary>
internal sealed record ControllerPorts(int Agents, int Technicians, int Console)
{
    public static ControllerPorts Free() => new(FreePort.Next(), FreePort.Next(), FreePort.Next());

    /// <summary>What must answer before the controller is ready.</summary>
    public IEnumerable<Uri> Addresses => [new($"https://127.0.0.1:{Agents}/"), new($"https://127.0.0.1:{Technicians}/"), new($"http://127.0.0.1:{Console}/")];
}
