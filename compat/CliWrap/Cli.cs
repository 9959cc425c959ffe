namespace CliWrap;

/// <summary>Where every command begins.</summary>
public static class Cli
{
    /// <summary>A command for the executable at <paramref name="targetFilePath"/>, without arguments.</summary>
    public static Command Wrap(string targetFilePath) => new(targetFilePath);
}
