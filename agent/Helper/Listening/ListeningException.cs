namespace HaiSoft.Agent.Helper.Listening;

/// <summary>There is no socket to listen on; the message says what to do.</summary>
internal sealed class ListeningException(string message, Exception? inner = null) : Exception(message, inner);
