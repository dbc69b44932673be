using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace OpenCvSharp.Internal;

/// <summary>An array that stays where it is until everyone who shares it has disposed of it.</summary>
sealed class PinnedArray : IDisposable
{
    GCHandle handle;
    int owners = 1;

    public PinnedArray(Array array)
    {
        ArgumentNullException.ThrowIfNull(array);
        handle = GCHandle.Alloc(array, GCHandleType.Pinned);
    }

    public nint Address => handle.AddrOfPinnedObject();

    public void Share() => Interlocked.Increment(ref owners);

    public void Dispose()
    {
        if (Interlocked.Decrement(ref owners) == 0) { handle.Free(); }
    }
}
