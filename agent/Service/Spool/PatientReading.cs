namespace HaiSoft.Agent.Spool;

/// <summary>
/// Reads beside the caller, one reading at a time: a disk that hangs holds one thread of the pool, and nobody who has
/// something else to send. The answer to a question that nobody asks any more is thrown away.
/// </summary>
/// <param name="patience">How long a caller waits.</param>
/// <param name="time">The timer.</param>
/// <param name="late">Called when a reading ends that a caller did not wait for.</param>
internal sealed class PatientReading(TimeSpan patience, TimeProvider time, Action late)
{
    private readonly Lock _gate = new();
    private Question _asked;
    private Task<List<SpooledRecord>>? _running;

    /// <summary>What to read.</summary>
    /// <param name="Epoch">Whose sequences are meant.</param>
    /// <param name="After">The sequence before the first wanted.</param>
    /// <param name="MaximumBytes">Payload bytes after which no further record is read.</param>
    internal readonly record struct Question(string Epoch, long After, int MaximumBytes);

    /// <summary>The answer; none when it does not come in time. Ask again then.</summary>
    public async Task<IReadOnlyList<SpooledRecord>> ReadAsync(
        Question question, Func<Question, List<SpooledRecord>> read, CancellationToken cancellationToken)
    {
        (Task<List<SpooledRecord>> running, Question asked) = Begin(question, read);
        try
        {
            List<SpooledRecord> records = await running.WaitAsync(patience, time, cancellationToken);
            Forget(running);
            if (asked.Epoch == question.Epoch && asked.After == question.After)
            {
                return records;
            }

            late();
            return [];
        }
        catch (TimeoutException)
        {
            _ = running.ContinueWith(_ => late(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return [];
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return []; // the caller stops; what is read goes to the next one, or nowhere
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Forget(running);
            return []; // the disk does not give it: the writer tells, and what memory has goes on
        }
    }

    private (Task<List<SpooledRecord>> Running, Question Asked) Begin(Question question, Func<Question, List<SpooledRecord>> read)
    {
        lock (_gate)
        {
            if (_running is null)
            {
                _asked = question;
                _running = Task.Run(() => read(question));
            }

            return (_running, _asked);
        }
    }

    private void Forget(Task running)
    {
        lock (_gate)
        {
            _running = _running == running ? null : _running;
        }
    }
}
