using System.Text;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Identity;

/// <summary>The file that says why the list of revocations cannot be trusted to be whole. An administrator removes it (DESIGN 4).</summary>
internal static class UnconfirmedRevocations
{
    private const string FileName = "revocations.unconfirmed";

    /// <summary>Where it lies.</summary>
    public static string PathIn(DataFolder folder) => folder.At(FileName);

    /// <summary>Writes it, after what it says already.</summary>
    public static void Mark(DataFolder folder, string why) =>
        PrivateFile.Write(PathIn(folder), Encoding.UTF8.GetBytes($"{Read(folder)} {why}".Trim() + "\n"));

    /// <summary>What it says; empty when it is not there.</summary>
    public static string Read(DataFolder folder) => File.Exists(PathIn(folder)) ? File.ReadAllText(PathIn(folder)).Trim() : "";
}
