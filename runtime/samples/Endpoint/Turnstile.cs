namespace NLCL.Samples.Endpoint;

/// <summary>
/// Lets so many pictures in at once; as many again may wait, the rest are told to come back. A derainer serves any number of
/// callers, but each one at work holds a picture and its tensors, so that memory asks for a bound.
/// </summary>
sealed class Turnstile(int atOnce) : IDisposable
{
    readonly SemaphoreSlim _places = new(atOnce);
    int _inside;

    /// <summary>True when the caller's turn has come; false when too many wait already.</summary>
    public async Task<bool> EnterAsync(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _inside) > 2 * atOnce)
        {
            Interlocked.Decrement(ref _inside);
            return false;
        }
        try
        {
            await _places.WaitAsync(cancellation);
            return true;
        }
        catch
        {
            Interlocked.Decrement(ref _inside);
            throw;
        }
    }

    public void Leave()
    {
        _places.Release();
        Interlocked.Decrement(ref _inside);
    }

    public void Dispose() => _places.Dispose();
}
