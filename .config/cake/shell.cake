// Running programs: output goes through, a failure ends the target with a sentence that names the program.

void Shell(string program, ProcessArgumentBuilder arguments, string folder = ".")
{
    var exitCode = StartProcess(program, new ProcessSettings { Arguments = arguments, WorkingDirectory = folder, Silent = true });
    if (exitCode != 0)
    {
        throw new CakeException($"{program} {arguments.RenderSafe()} ended with {exitCode}.");
    }
}

/// The program's output, or null when it cannot be started or fails.
string Ask(string program, params string[] arguments)
{
    try
    {
        var start = new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = System.Diagnostics.Process.Start(start);
        process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : null;
    }
    catch (System.ComponentModel.Win32Exception)
    {
        return null;
    }
}

bool IsRoot() => Environment.UserName == "root";
