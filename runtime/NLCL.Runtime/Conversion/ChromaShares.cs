using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>
/// What one row of chroma adds to red, green and blue, at chroma's resolution: interpolation is linear, so it can come after
/// the matrix, on three rows of half the width. Each row has one sample more, so that the last one has a right neighbour.
/// </summary>
sealed class ChromaShares(int width)
{
    readonly float[] _red = new float[width + 1];
    readonly float[] _green = new float[width + 1];
    readonly float[] _blue = new float[width + 1];

    /// <summary>The chroma row that it was made of; -1: none yet.</summary>
    public int Row { get; private set; } = -1;

    public SourceRow Values => new(_red, _green, _blue);

    /// <summary>Before another frame.</summary>
    public void Forget() => Row = -1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Make(int row, ReadOnlySpan<float> u, ReadOnlySpan<float> v, float redOfV, float greenOfU, float greenOfV, float blueOfU)
    {
        Row = row;
        ref var us = ref MemoryMarshal.GetReference(u);
        ref var vs = ref MemoryMarshal.GetReference(v);
        var x = 0;
        for (; x <= width - Vector<float>.Count; x += Vector<float>.Count)
        {
            var (cu, cv) = (Vector.LoadUnsafe(ref us, (nuint)x), Vector.LoadUnsafe(ref vs, (nuint)x));
            (cv * redOfV).StoreUnsafe(ref _red[0], (nuint)x);
            ((cu * greenOfU) + (cv * greenOfV)).StoreUnsafe(ref _green[0], (nuint)x);
            (cu * blueOfU).StoreUnsafe(ref _blue[0], (nuint)x);
        }
        for (; x < width; x++)
        {
            (_red[x], _green[x], _blue[x]) = (v[x] * redOfV, (u[x] * greenOfU) + (v[x] * greenOfV), u[x] * blueOfU);
        }
        (_red[width], _green[width], _blue[width]) = (_red[width - 1], _green[width - 1], _blue[width - 1]);
    }
}
