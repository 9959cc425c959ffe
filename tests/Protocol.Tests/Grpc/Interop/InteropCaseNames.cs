using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Interop;

/// <summary>The cases that every pair of client and server has to pass.</summary>
internal static class InteropCaseNames
{
    public static TheoryData<string> All { get; } = [.. InteropCases.All.Keys];
}
