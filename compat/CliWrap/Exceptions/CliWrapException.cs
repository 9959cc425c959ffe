namespace CliWrap.Exceptions;

/// <summary>What this library throws of its own.</summary>
public abstract class CliWrapException(string message, Exception? innerException = null) : Exception(message, innerException);
