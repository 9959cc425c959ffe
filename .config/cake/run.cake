// The whole system on this machine: controller, helper and agent, until Ctrl-C. Its data stays in .run/ for the next time.
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

const string runFolder = ".run";
const string exampleCustomer = "Example";

class LocalSystem(ICakeContext cake, string configuration)
{
    readonly string console = cake.Argument("console", "http://127.0.0.1:7080");
    readonly int agentsPort = cake.Argument("agents-port", 7443);
    readonly int techniciansPort = cake.Argument("technicians-port", 7444);
    readonly string server = Environment.MachineName.ToLowerInvariant();
    readonly List<Process> started = [];
    readonly ManualResetEventSlim stop = new();

    string In(params string[] parts) => System.IO.Path.GetFullPath(System.IO.Path.Combine([runFolder, .. parts]));

    public void Run()
    {
        System.IO.Directory.CreateDirectory(In());
        EndThoseOfAnEarlierRun();
        Console.CancelKeyPress += (_, press) => { press.Cancel = true; stop.Set(); };
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => { signal.Cancel = true; stop.Set(); });
        try
        {
            StartController();
            KeepRecords();
            StartAgent();
            Tell();
            WaitUntilStopped();
        }
        finally
        {
            EndAll();
        }
    }

    void StartController()
    {
        Start("controller", "controller/Server", "haisoft-controller",
            $"--Controller:DataFolder={In("controller")}",
            $"--Controller:AgentsEndpoint=127.0.0.1:{agentsPort}",
            $"--Controller:TechniciansEndpoint=127.0.0.1:{techniciansPort}",
            $"--Controller:ConsoleEndpoint={console}",
            "--Controller:PublicAddress=127.0.0.1");
        Await("the controller", () => System.IO.File.Exists(In("controller", "haisoftctl.json")) && Ctl("servers", "--json").ExitCode == 0);
    }

    /// The example customer and this machine's record, unless an earlier run made them.
    void KeepRecords()
    {
        if (!Mentions(Ctl("customer", "list", "--json"), exampleCustomer))
        {
            MustCtl("customer", "add", exampleCustomer, "--email", "example@customer.example");
        }

        if (!Mentions(Ctl("servers", "--json"), server))
        {
            // What the record says should be true: a virtual server stands on a host that has a record too.
            string[] kind = ["--kind", "dedicated", "--rack", "R1"];
            if (Ask("systemd-detect-virt") is not null)
            {
                AddServer("example-host", kind);
                kind = ["--kind", "virtual", "--host", "example-host"];
            }

            AddServer(server, kind);
        }
    }

    void AddServer(string name, string[] kind) => MustCtl(
        ["server", "add", name, "--customer", exampleCustomer, .. kind, "--fee", "49.90/month", "--from", DateTime.Today.ToString("yyyy-MM-dd")]);

    void StartAgent()
    {
        System.IO.File.WriteAllText(In("agent.json"), $$"""
            {
              "helperSocket": "{{In("helper.sock")}}",
              "planSocket": "{{In("plan.sock")}}",
              "runSocket": "{{In("run.sock")}}",
              "services": { "interval": "1m" }
            }
            """);
        System.IO.File.Delete(In("helper.sock"));
        System.IO.File.Delete(In("plan.sock"));
        var user = Ask("id", "-u").Trim();
        Start("helper", "agent/Helper", "haisoft-helper", "--socket", In("helper.sock"), "--peer-uid", user);
        Start("plan-helper", "agent/Helper", "haisoft-helper", "plan", "--socket", In("plan.sock"), "--peer-uid", user,
            "--state", In("plan-helper"), "--root-fingerprint", In("root-fingerprint"));
        if (!System.IO.File.Exists(In("agent", "identity.json")))
        {
            var token = MustCtl("enroll-token", "--server", server, "--json").Output;
            var text = System.Text.Json.JsonDocument.Parse(token).RootElement.GetProperty("token").GetString();
            Must(Program("agent/Service", "haisoft-agent"), "enroll", "--controller", $"127.0.0.1:{agentsPort}", "--token", text, "--server", server, "--state", In("agent"));
        }

        Start("agent", "agent/Service", "haisoft-agent", "run", "--config", In("agent.json"), "--state", In("agent"));
        Await("the agent", () => Said(Program("agent/Service", "haisoft-agent"), "status", "--state", In("agent")).ExitCode == 0);
    }

    void Tell()
    {
        var link = In("controller", "sign-in-link");
        var ctl = $"{Relative(Program("controller/Ctl", "haisoftctl"))} --profile {runFolder}/controller/haisoftctl.json";
        var unit = new[] { "apache2", "httpd", "nginx", "mariadb", "postgresql", "postfix", "ssh", "sshd" }
            .FirstOrDefault(name => Ask("systemctl", "is-active", "--quiet", name) is not null);
        var fault = unit is not null
            ? $"systemctl stop {unit}"
            : $"python3 -m http.server 8099 &    {ctl} checks add tcp:8099 --server {server}    then kill %1";
        Console.WriteLine($"""

            HaiSoft runs on this machine.

              Console   {console}
              Sign in   {(System.IO.File.Exists(link) ? System.IO.File.ReadAllText(link).Trim() : "with the account that you made")}
              Terminal  {ctl} servers

            What to try next: stop a service and watch. Within the minute an incident opens, on the console's first page and in
            "incidents", and its clock runs; start the service again, and it shows that it has recovered.
              {fault}
              {ctl} incidents
              {ctl} server {server}

            Logs are in {runFolder}/*.log. Ctrl-C stops all; the data stays in {runFolder}/ for the next run.

            """);
    }

    void WaitUntilStopped()
    {
        while (!stop.Wait(TimeSpan.FromSeconds(1)))
        {
            var ended = started.FirstOrDefault(process => process.HasExited);
            if (ended is not null)
            {
                throw new CakeException($"A program ended by itself with {ended.ExitCode}; its log in {runFolder}/ says why.");
            }
        }
    }

    void Start(string name, string project, string program, params string[] arguments)
    {
        var log = In(name + ".log");
        // A shell opens the log, so that the program goes on writing it whatever becomes of this one.
        var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", log, Program(project, program), .. arguments]));
        started.Add(process);
        System.IO.File.AppendAllLines(In("processes"), [$"{process.Id} {StartTick(process.Id)}"]);
    }

    void Await(string what, Func<bool> ready)
    {
        var clock = Stopwatch.StartNew();
        while (!ready())
        {
            if (stop.IsSet)
            {
                throw new CakeException("Stopped before everything had started.");
            }

            if (started.FirstOrDefault(process => process.HasExited) is not null || clock.Elapsed > TimeSpan.FromMinutes(1))
            {
                throw new CakeException($"{what} did not start. The ends of the logs:\n{string.Join("\n", System.IO.Directory.GetFiles(In(), "*.log").SelectMany(log => System.IO.File.ReadLines(log).TakeLast(8)))}");
            }

            Thread.Sleep(200);
        }
    }

    void EndThoseOfAnEarlierRun()
    {
        if (System.IO.File.Exists(In("processes")))
        {
            foreach (var line in System.IO.File.ReadLines(In("processes")))
            {
                var parts = line.Split(' ');
                if (parts.Length == 2 && StartTick(int.Parse(parts[0])) == parts[1])
                {
                    Process.GetProcessById(int.Parse(parts[0])).Kill(entireProcessTree: true);
                }
            }

            System.IO.File.Delete(In("processes"));
        }
    }

    void EndAll()
    {
        foreach (var process in Enumerable.Reverse(started).Where(process => !process.HasExited))
        {
            Said("kill", "-TERM", process.Id.ToString());
            if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                process.Kill(entireProcessTree: true);
            }
        }

        System.IO.File.Delete(In("processes"));
    }

    /// Tells a process from a later one with the same number; null when there is none.
    static string StartTick(int process)
    {
        var stat = $"/proc/{process}/stat";
        return System.IO.File.Exists(stat) ? System.IO.File.ReadAllText(stat).Split(") ")[^1].Split(' ')[19] : null;
    }

    string Program(string project, string name) =>
        System.IO.Path.GetFullPath($"{project}/bin/stand-ins/{configuration}/net10.0/{name}");

    (int ExitCode, string Output) Ctl(params string[] arguments) =>
        Said(Program("controller/Ctl", "haisoftctl"), ["--profile", In("controller", "haisoftctl.json"), .. arguments]);

    (int ExitCode, string Output) MustCtl(params string[] arguments) =>
        Must(Program("controller/Ctl", "haisoftctl"), ["--profile", In("controller", "haisoftctl.json"), .. arguments]);

    static (int ExitCode, string Output) Must(string program, params string[] arguments)
    {
        var said = Said(program, arguments);
        return said.ExitCode == 0 ? said : throw new CakeException($"{System.IO.Path.GetFileName(program)} {arguments[0]} ended with {said.ExitCode}: {said.Output}");
    }

    static (int ExitCode, string Output) Said(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + error.Result);
    }

    static string Ask(string program, params string[] arguments)
    {
        try
        {
            return Said(program, arguments) is { ExitCode: 0, Output: var output } ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    static bool Mentions((int ExitCode, string Output) said, string name) => said.Output.Contains($"\"{name}\"");

    static string Relative(string path) => System.IO.Path.GetRelativePath(Environment.CurrentDirectory, path);
}
