using System.Globalization;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Trust;

/// <summary>Packages to install with parts of their basic configuration, as they are given on the command line.</summary>
internal static class PackageChoices
{
    /// <param name="names">The packages.</param>
    /// <param name="choices">"httpd:port=8080".</param>
    /// <exception cref="CtlException">A choice cannot be read, or is for a package that is not named.</exception>
    public static InstallPackages Read(IReadOnlyList<string> names, IReadOnlyList<string> choices)
    {
        InstallPackages install = new() { Packages = { names.Select(name => new PackageInstall { Name = name }) } };
        foreach (string given in choices)
        {
            if (given.Split([':', '='], 3) is not [{ } name, { } what, { } value] || Of(what, value) is not { } choice)
                throw new CtlException(ExitCode.Usage, $"'{given}' is no choice: give PACKAGE:service=on or off, PACKAGE:port=NUMBER, or PACKAGE:root=/FOLDER.");
            PackageInstall package = install.Packages.FirstOrDefault(one => one.Name == name)
                ?? throw new CtlException(ExitCode.Usage, $"'{given}' is for {name}, which is not to be installed.");
            package.Choices.Add(choice);
        }

        return install;
    }

    private static PackageChoice? Of(string what, string value) => (what, value) switch
    {
        ("service", "on") => new() { ServiceEnabled = true },
        ("service", "off") => new() { ServiceEnabled = false },
        ("port", _) when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) => new() { Port = port },
        ("root", ['/', ..]) => new() { DocumentRoot = value },
        _ => null,
    };
}
