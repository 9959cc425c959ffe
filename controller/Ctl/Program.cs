using HaiSoft.Ctl.Commands;

return await CtlRoot.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
