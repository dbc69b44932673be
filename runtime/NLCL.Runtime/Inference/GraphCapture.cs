namespace NLCL.Runtime;

/// <summary>
/// While one thread records a CUDA graph, no other may allocate or free on the GPU, copy to it or run there: CUDA breaks the recording off (error 900 or 901,
/// seen with four threads on an H200). Whoever records is alone in the process; all else goes side by side.
/// </summary>
static class GraphCapture
{
    static readonly ReaderWriterLockSlim s_gate = new(LockRecursionPolicy.SupportsRecursion);

    /// <summary>Until disposed of, nobody records.</summary>
    public static Turn Beside()
    {
        s_gate.EnterReadLock();
        return new(isAlone: false);
    }

    /// <summary>Until disposed of, nobody else is at work on a GPU.</summary>
    public static Turn Alone()
    {
        s_gate.EnterWriteLock();
        return new(isAlone: true);
    }

    /// <summary>Ends on the thread that began it.</summary>
    public readonly struct Turn(bool isAlone) : IDisposable
    {
        public void Dispose()
        {
            if (isAlone)
            {
                s_gate.ExitWriteLock();
            }
            else
            {
                s_gate.ExitReadLock();
            }
        }
    }
}
