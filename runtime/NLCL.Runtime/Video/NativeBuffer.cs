using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>Memory outside the collected heap: frames are large, live long, and are read by native code without pinning.</summary>
sealed unsafe class NativeBuffer : IDisposable
{
    // Widest vector register today; also a cache line.
    const nuint Alignment = 64;

    readonly int _bytes;
    readonly OrtMemoryAllocation? _allocation;
    byte* _memory;

    public NativeBuffer(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        _bytes = bytes;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
    }

    /// <summary>Memory of an allocator, such as page-locked memory that a GPU copies at full speed.</summary>
    public NativeBuffer(int bytes, OrtAllocator allocator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        _bytes = bytes;
        _allocation = allocator.Allocate((uint)bytes);
        _memory = (byte*)_allocation.DangerousGetHandle();
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
        if (_allocation is null)
        {
            NativeMemory.AlignedFree(_memory);
        }
        else
        {
            using var _ = GraphCapture.Beside();
            _allocation.Dispose();
        }
        _memory = null;
    }
}
