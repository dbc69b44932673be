namespace NLCL.Runtime;

/// <summary>Rows of one chroma plane as floats around 0; each row is converted once, though two luma rows or more ask for it.</summary>
sealed class ChromaPlane(YuvFormat format, float offset, float scale)
{
    // Two neighbouring rows are wanted together, so parity keeps them apart.
    readonly float[][] _rows = [new float[format.ChromaWidth], new float[format.ChromaWidth]];
    readonly int[] _held = [-1, -1];

    /// <summary>Before another frame.</summary>
    public void Forget() => _held.AsSpan().Fill(-1);

    public float[] Row(ReadOnlySpan<byte> plane, int row)
    {
        var slot = row & 1;
        if (_held[slot] != row)
        {
            var rowBytes = format.ChromaWidth * format.BytesPerSample;
            SampleRow.Load(plane.Slice(row * rowBytes, rowBytes), format.BytesPerSample, offset, 1f / scale, _rows[slot]);
            _held[slot] = row;
        }
        return _rows[slot];
    }
}
