namespace HaiSoft.Controller.Requests;

/// <summary>Something that keeps a request, a step or a quote from being written.</summary>
/// <param name="Code">Of the console's sentence: "no-servers".</param>
/// <param name="Text">What is wrong, and what to write instead.</param>
/// <param name="Value">What was given, for the console's sentence; empty where it names nothing.</param>
internal sealed record RequestFault(string Code, string Text, string Value = "");
