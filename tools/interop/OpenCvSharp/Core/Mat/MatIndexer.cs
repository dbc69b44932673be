using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace OpenCvSharp;

public abstract class MatIndexer<T>
    where T : struct
{
    internal MatIndexer(Mat parent)
    {
        Parent = parent;
        Steps = Enumerable.Range(0, parent.Dims).Select(parent.Step).ToArray();
    }

    public abstract T this[int i0] { get; set; }

    public abstract T this[int i0, int i1] { get; set; }

    public abstract T this[int i0, int i1, int i2] { get; set; }

    public abstract T this[params int[] idx] { get; set; }

    protected Mat Parent { get; }

    protected IReadOnlyList<long> Steps { get; }

    internal unsafe ref T At(nint data, params System.ReadOnlySpan<int> idx)
    {
        long at = data;
        for (var i = 0; i < idx.Length; i++) { at += Steps[i] * idx[i]; }
        return ref Unsafe.AsRef<T>((void*)at);
    }
}
