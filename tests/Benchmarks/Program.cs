using HaiSoft.Benchmarks.Commands;

return await BenchCommand.Make().Parse(args).InvokeAsync();
