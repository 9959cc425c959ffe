using System.Globalization;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Disks;

/// <summary>A SCSI disk predicts its failure: additional sense code 5Dh (SPC-5); 5DFFh is its test, not a fault.</summary>
internal static class PredictedFailure
{
    private const int Test = 0x5DFF;

    public static Verdict? Judge(DiskFacts now, DiskFacts? dayAgo) =>
        now.Scsi?.PredictedFailureCode is { } code && code != Test && code >> 8 == 0x5D
            ? Verdict.Failed(
                "scsi.predicted",
                "The disk predicts that it will fail",
                new Evidence("sense_code", "0x" + code.ToString("x4", CultureInfo.InvariantCulture))).AtOnce()
            : null;
}
