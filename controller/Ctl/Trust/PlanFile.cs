using System.Security.Cryptography;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Trust;

/// <summary>A plan: its exact bytes, and what they say.</summary>
internal sealed record PlanFile(byte[] Bytes, Plan Plan)
{
    /// <summary>SHA-256 of the exact bytes, 64 lower-case hexadecimal digits: what an order names.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <summary>Reads a file.</summary>
    /// <exception cref="CtlException">It cannot be read, or is no plan.</exception>
    public static PlanFile Read(FileInfo file) => Read(TrustFile.Read(file), file.FullName);

    /// <param name="bytes">The exact bytes.</param>
    /// <param name="name">What they are called, for the words of a refusal.</param>
    /// <exception cref="CtlException">They are no plan.</exception>
    public static PlanFile Read(byte[] bytes, string name)
    {
        Judged<Plan> read = ExactBytes.Read(Plan.Parser, bytes);
        return read.Refusal is { } refusal ? throw new CtlException(ExitCode.Usage, $"{name}: {refusal.Words}") : new(bytes, read.Accepted);
    }
}
