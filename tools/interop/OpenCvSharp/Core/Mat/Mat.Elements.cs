using System;
using System.Runtime.CompilerServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

// Single elements, arrays and spans. As in the original, single elements are not checked against the matrix's type.
public partial class Mat
{
    public T Get<T>(int i0)
        where T : struct => Read<T>(Ptr(i0));

    public T Get<T>(int i0, int i1)
        where T : struct => Read<T>(Ptr(i0, i1));

    public T Get<T>(int i0, int i1, int i2)
        where T : struct => Read<T>(Ptr(i0, i1, i2));

    public T Get<T>(params int[] idx)
        where T : struct => Read<T>(Ptr(idx));

    public unsafe ref T At<T>(int i0)
        where T : unmanaged => ref Unsafe.AsRef<T>((void*)Ptr(i0));

    public unsafe ref T At<T>(int i0, int i1)
        where T : unmanaged => ref Unsafe.AsRef<T>((void*)Ptr(i0, i1));

    public unsafe ref T At<T>(int i0, int i1, int i2)
        where T : unmanaged => ref Unsafe.AsRef<T>((void*)Ptr(i0, i1, i2));

    public unsafe ref T At<T>(params int[] idx)
        where T : unmanaged => ref Unsafe.AsRef<T>((void*)Ptr(idx));

    public void Set<T>(int i0, T value)
        where T : struct => Write(Ptr(i0), value);

    public void Set<T>(int i0, int i1, T value)
        where T : struct => Write(Ptr(i0, i1), value);

    public void Set<T>(int i0, int i1, int i2, T value)
        where T : struct => Write(Ptr(i0, i1, i2), value);

    public void Set<T>(int[] idx, T value)
        where T : struct => Write(Ptr(idx), value);

    public bool GetArray<T>(out T[] data)
        where T : unmanaged
    {
        data = new T[(long)Rows * Cols];
        ElementType.Match(Type(), typeof(T));
        Exchange(data.AsSpan(), write: false);
        return true;
    }

    public bool GetRectangularArray<T>(out T[,] data)
        where T : unmanaged
    {
        data = new T[Rows, Cols];
        ElementType.Match(Type(), typeof(T));
        Exchange(Flat(data), write: false);
        return true;
    }

    public bool SetArray<T>(params T[] data)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(data);
        ElementType.Match(Type(), typeof(T));
        Exchange(data.AsSpan(), write: true);
        return true;
    }

    public bool SetRectangularArray<T>(T[,] data)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(data);
        ElementType.Match(Type(), typeof(T));
        Exchange(Flat(data), write: true);
        return true;
    }

    /// <summary>All elements in place, or an empty span where the rows do not follow each other without gaps.</summary>
    public unsafe Span<T> AsSpan<T>()
        where T : unmanaged => IsContinuous() ? new Span<T>(DataPointer, (int)Total()) : [];

    public UnsafeIndexer<T> GetUnsafeGenericIndexer<T>()
        where T : unmanaged => new(this);

    unsafe void Exchange<T>(Span<T> data, bool write)
        where T : unmanaged
    {
        var (rows, cols) = (Rows, Cols);
        for (var y = 0; y < rows && y * (long)cols < data.Length; y++)
        {
            var there = new Span<T>((void*)Ptr(y), cols);
            var here = data.Slice(y * cols, Math.Min(cols, data.Length - (y * cols)));
            if (write) { here.CopyTo(there); }
            else { there[..here.Length].CopyTo(here); }
        }
        GC.KeepAlive(this);
    }

    static Span<T> Flat<T>(T[,] data) => data.Length == 0 ? [] : System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref data[0, 0], data.Length);

    unsafe T Read<T>(nint at)
        where T : struct
    {
        var value = Unsafe.ReadUnaligned<T>((void*)at);
        GC.KeepAlive(this);
        return value;
    }

    unsafe void Write<T>(nint at, T value)
        where T : struct
    {
        Unsafe.WriteUnaligned((void*)at, value);
        GC.KeepAlive(this);
    }
}
