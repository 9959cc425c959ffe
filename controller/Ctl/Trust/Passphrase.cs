using System.Text;
using HaiSoft.Protocol.Trust.Keys;

namespace HaiSoft.Ctl.Trust;

/// <summary>The passphrase of a key file: typed where nobody sees it, or read from a file.</summary>
internal static class Passphrase
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The passphrase of a key file that is there.</summary>
    /// <param name="file">Its first line is the passphrase; null: it is asked for.</param>
    public static string Read(FileInfo? file, FileInfo key) => file is null ? Ask($"Passphrase of {key.Name}: ") : ReadFile(file);

    /// <summary>The passphrase for a new key file; asked for twice.</summary>
    /// <param name="file">Its first line is the passphrase; null: it is asked for.</param>
    /// <exception cref="CtlException">It is too short, or the two differ.</exception>
    public static string Choose(FileInfo? file)
    {
        string chosen = file is null ? Ask($"New passphrase (at least {PrivateKey.ShortestPassphrase} characters): ") : ReadFile(file);
        if (chosen.Length < PrivateKey.ShortestPassphrase)
            throw new CtlException(ExitCode.Usage, $"The passphrase has {chosen.Length} characters; at least {PrivateKey.ShortestPassphrase} are wanted: four or five words by dice are good.");
        return file is not null || Ask("The same again: ") == chosen ? chosen : throw new CtlException(ExitCode.Usage, "The two passphrases differ: nothing was written.");
    }

    private static string ReadFile(FileInfo file)
    {
        string text = Encoding.UTF8.GetString(TrustFile.Read(file));
        return (File.GetUnixFileMode(file.FullName) & Others) == UnixFileMode.None
            ? text.Split('\n')[0].TrimEnd('\r')
            : throw new CtlException(ExitCode.Usage, $"{file.FullName} holds a passphrase and can be read or written by others: chmod 600 {file.FullName}");
    }

    private static string Ask(string question)
    {
        if (Console.IsInputRedirected)
            throw new CtlException(ExitCode.Usage, "There is no terminal to ask for the passphrase at: give --passphrase-file FILE (mode 0600).");
        Console.Error.Write(question);
        StringBuilder typed = new();
        for (ConsoleKeyInfo key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (key.KeyChar != '\0')
                typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
