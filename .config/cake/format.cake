// Whitespace and line ends, as .editorconfig says.

void CheckFormat(bool mend) => Shell("dotnet", new ProcessArgumentBuilder()
    .Append("format whitespace --folder .")
    .Append("--exclude node_modules .run artifacts")
    .Append(mend ? "" : "--verify-no-changes"));
