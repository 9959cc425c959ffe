// What a fresh machine lacks: Debian packages (only as root, only what is missing) and the npm parts.

void InstallDebianPackages()
{
    var wanted = System.IO.File.ReadAllLines(".config/debian-packages.txt")
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && !line.StartsWith('#'));
    var missing = wanted.Where(package => !IsInstalled(package)).ToList();
    if (missing.Count == 0)
    {
        Information("Debian packages: nothing is missing.");
    }
    else if (Ask("apt-get", "--version") is null)
    {
        Warning("This is not a Debian machine; install the equivalents yourself: {0}", string.Join(" ", missing));
    }
    else if (!IsRoot())
    {
        Warning("Not root, so nothing was installed. Tests that need these will skip and say so. To install them:\n  sudo apt-get install --no-install-recommends {0}", string.Join(" ", missing));
    }
    else
    {
        Information("Installing Debian packages: {0}", string.Join(" ", missing));
        Apt("update -q");
        Apt("install -y -q --no-install-recommends " + string.Join(" ", missing));
    }
}

void InstallNpmParts()
{
    if (Ask("npm", "--version") is null)
    {
        Warning("npm is not on the PATH: protos are not linted, tests against @grpc/grpc-js and in a browser skip, and the console has no scripts.");
        return;
    }

    // npm writes this file last, so it tells whether the folder is what the lock file says.
    var installed = "node_modules/.package-lock.json";
    if (!FileExists(installed) || System.IO.File.GetLastWriteTimeUtc(installed) < System.IO.File.GetLastWriteTimeUtc("package-lock.json"))
    {
        Shell("npm", "ci --loglevel=error");
    }
}

bool IsInstalled(string package) =>
    Ask("dpkg-query", "-W", "-f=${db:Status-Status}", package) == "installed";

void Apt(string arguments)
{
    var settings = new ProcessSettings { Arguments = arguments };
    settings.EnvironmentVariables = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" };
    var exitCode = StartProcess("apt-get", settings);
    if (exitCode != 0)
    {
        throw new CakeException($"apt-get {arguments} ended with {exitCode}; its own words are above.");
    }
}
