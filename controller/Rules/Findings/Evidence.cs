namespace HaiSoft.Controller.Rules.Findings;

/// <summary>A figure or a state that a verdict was judged from.</summary>
/// <param name="Name">What was read, as the field calls it: "critical_warning", "ActiveState".</param>
/// <param name="Value">What it said, with its unit.</param>
public readonly record struct Evidence(string Name, string Value);
