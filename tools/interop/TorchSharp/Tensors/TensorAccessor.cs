using System;
using System.Collections;
using System.Collections.Generic;

namespace TorchSharp.Utils;

/// <summary>The elements of a CPU tensor in row-major order, whatever its strides are.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    readonly torch.Tensor _tensor;
    readonly T* _first;
    readonly long[] _shape;
    readonly long[] _strides;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _tensor = tensor;
        _first = (T*)tensor.DataPointer();
        _shape = tensor.shape;
        _strides = tensor.stride();
        Count = tensor.NumberOfElements;
        IsContiguous = tensor.is_contiguous();
    }

    public long Count { get; }

    bool IsContiguous { get; }

    public T this[params long[] indices]
    {
        get => *(indices.Length == 1 ? Flat(indices[0]) : Locate(indices));
        set => *Locate(indices) = value;
    }

    public T[] ToArray()
    {
        var copy = new T[Count];
        CopyTo(copy.AsSpan());
        return copy;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(arrayIndex), 0, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        array = array[arrayIndex..];
        var count = (int)Math.Min(array.Length, Count - tensorIndex);
        if (IsContiguous)
        {
            new ReadOnlySpan<T>(_first + tensorIndex, count).CopyTo(array);
            return;
        }
        for (var i = 0; i < count; i++)
        {
            array[i] = At(tensorIndex + i);
        }
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        array = array[arrayIndex..];
        for (var i = 0; i < array.Length && tensorIndex + i < Count; i++)
        {
            _first[Offset(tensorIndex + i)] = array[i];
        }
    }

    /// <summary>The accessor owns nothing; the tensor stays.</summary>
    public void Dispose()
    {
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++)
        {
            yield return At(i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal T At(long index)
    {
        if (index < 0 || index >= Count)
        {
            throw new IndexOutOfRangeException($"Index {index} is out of range for a tensor of {Count} elements.");
        }
        return _first[Offset(index)];
    }

    T* Flat(long index)
    {
        GC.KeepAlive(_tensor);
        return index >= 0 && index < Count ? _first + Offset(index) : throw new IndexOutOfRangeException();
    }

    T* Locate(long[] indices)
    {
        GC.KeepAlive(_tensor);
        var offset = 0L;
        for (var i = 0; i < _shape.Length; i++)
        {
            // The original takes one number for reading a tensor of any shape, not for writing.
            if (i >= indices.Length || indices[i] < 0 || indices[i] >= _shape[i])
            {
                throw new IndexOutOfRangeException();
            }
            offset += indices[i] * _strides[i];
        }
        return _first + offset;
    }

    long Offset(long index)
    {
        if (IsContiguous)
        {
            return index;
        }
        var offset = 0L;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            offset += index % _shape[i] * _strides[i];
            index /= _shape[i];
        }
        return offset;
    }
}
