using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>Memory outside the collected heap: frames are large, live long, and are read by native code without pinning.</summary>
sealed unsafe class NativeBuffer : IDisposable
{
    // Widest vector register today; also a cache line.
    const nuint Alignment = 64;

    readonly int _bytes;
    byte* _memory;

    public NativeBuffer(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        _bytes = bytes;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
    }

    public Span<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory == null, this);
            return new Span<byte>(_memory, _bytes);
        }
    }

    public Span<float> Floats => MemoryMarshal.Cast<byte, float>(Bytes);

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
