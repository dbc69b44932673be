namespace NLCL.Runtime;

/// <summary>
/// YUV planes [samples of a frame] around a network. As in <see cref="YuvConversion"/>, the network's change is turned into YUV and added to the samples.
/// Each matrix is one convolution together with what else is linear there: widening chroma on the way in, scaling to codes on the way back.
/// </summary>
sealed class YuvNodes(FrameInGraph frame, SampleFormat format)
{
    // Between two chroma rows a luma row takes three parts of the nearer and one of the farther; an odd luma column the mean of two chroma columns.
    static readonly float[] s_upperRow = [0.25f, 0.75f, 0], s_lowerRow = [0, 0.75f, 0.25f], s_ownRow = [1];
    static readonly float[] s_evenColumn = [1, 0], s_oddColumn = [0.5f, 0.5f], s_ownColumn = [1];

    readonly GraphNodes _nodes = frame.Nodes;
    readonly YuvCoefficients _yuv = YuvCoefficients.Of(format.Matrix, format.Range, format.Bits);
    readonly int _chromaWidth = format.ChromaWidth(frame.Width);
    readonly int _chromaHeight = format.ChromaHeight(frame.Height);

    bool HalvesRows => format.Sampling == ChromaSampling.Yuv420;

    bool HalvesColumns => format.Sampling != ChromaSampling.Yuv444;

    public void Add()
    {
        var codes = _nodes.ToFloat(SampleGraph.InputName);
        var rgb = _nodes.Clip(_nodes.Add(Shares(codes), Luma(codes)), 0, 1);
        frame.FeedNetwork(rgb);
        var change = Change(_nodes.Subtract(_nodes.Clip(frame.Background(), 0, 1), rgb));
        var samples = _nodes.Clip(_nodes.Add(codes, change), 0, format.Most);
        _nodes.Cast(samples, SampleGraph.ElementType(TensorLayout.TypeOf(format)), SampleGraph.OutputName);
    }

    /// <summary>[1, 1, height, width], 0..1.</summary>
    string Luma(string codes)
    {
        var luma = _nodes.Reshape(_nodes.Slice(codes, 0, 0, frame.Width * frame.Height), 1, 1, frame.Height, frame.Width);
        return _nodes.Multiply(_yuv.LumaOffset == 0 ? luma : _nodes.Add(luma, -_yuv.LumaOffset), 1f / _yuv.LumaScale);
    }

    /// <summary>What chroma adds to red, green and blue: [1, 3, height, width].</summary>
    string Shares(string codes)
    {
        var chroma = _nodes.Slice(codes, 0, frame.Width * frame.Height, format.Count(frame.Width, frame.Height));
        // Around 0 before the weights: those may be rounded to fewer bits than grey can stand.
        chroma = _nodes.Add(_nodes.Reshape(chroma, 1, 2, _chromaHeight, _chromaWidth), -_yuv.ChromaOffset);
        float[][] rows = HalvesRows ? [s_upperRow, s_lowerRow] : [s_ownRow], columns = HalvesColumns ? [s_evenColumn, s_oddColumn] : [s_ownColumn];
        chroma = HalvesColumns ? _nodes.Pad(chroma, "edge", HalvesRows ? 1 : 0, 0, HalvesRows ? 1 : 0, 1) : chroma;
        var (ofU, ofV) = ((float[])[0, _yuv.GreenOfU, _yuv.BlueOfU], (float[])[_yuv.RedOfV, _yuv.GreenOfV, 0]);
        float[] weights =
        [
            .. from colour in Enumerable.Range(0, 3)
               from row in rows
               from column in columns
               from share in (float[])[ofU[colour], ofV[colour]]
               from down in row
               from across in column
               select share * down * across / _yuv.ChromaScale,
        ];
        var shares = _nodes.Convolve(chroma, weights, [3 * rows.Length * columns.Length, 2, rows[0].Length, columns[0].Length]);
        return format.Sampling switch
        {
            ChromaSampling.Yuv420 => frame.Crop(_nodes.DepthToSpace(shares, 2), 2 * _chromaWidth, 2 * _chromaHeight),
            ChromaSampling.Yuv422 => frame.Crop(SideBySide(shares), 2 * _chromaWidth, _chromaHeight),
            _ => shares,
        };
    }

    /// <summary>Columns in turn from the two channels of each colour.</summary>
    string SideBySide(string shares)
    {
        var pairs = _nodes.Reshape(shares, 3, 2, _chromaHeight, _chromaWidth);
        return _nodes.Reshape(_nodes.Transpose(pairs, [0, 2, 3, 1]), 1, 3, _chromaHeight, 2 * _chromaWidth);
    }

    /// <summary>A change of RGB [1, 3, height, width] as a change of the samples, in codes, and the half that rounds.</summary>
    string Change(string rgb)
    {
        var (u, v) = (_yuv.ChromaScale / (2f * (1f - _yuv.Kb)), _yuv.ChromaScale / (2f * (1f - _yuv.Kr)));
        float[] weights =
        [
            _yuv.Kr * _yuv.LumaScale, _yuv.Kg * _yuv.LumaScale, _yuv.Kb * _yuv.LumaScale,
            -_yuv.Kr * u, -_yuv.Kg * u, (1f - _yuv.Kb) * u,
            (1f - _yuv.Kr) * v, -_yuv.Kg * v, -_yuv.Kb * v,
        ];
        var codes = _nodes.Convolve(rgb, weights, [3, 3, 1, 1], [0.5f, 0.5f, 0.5f]);
        var luma = _nodes.Slice(codes, 1, 0, 1);
        return _nodes.Concat(0, _nodes.Reshape(luma, -1), _nodes.Reshape(Narrow(_nodes.Slice(codes, 1, 1, 3)), -1));
    }

    /// <summary>To chroma's resolution: the mean of two rows; of columns, weights 1, 2, 1 around every even one, as two means of two.</summary>
    string Narrow(string chroma)
    {
        if (!HalvesColumns)
        {
            return chroma;
        }
        chroma = _nodes.Pad(chroma, "edge", 0, 1, HalvesRows ? frame.Height % 2 : 0, frame.Width % 2);
        var rows = HalvesRows ? 2 : 1;
        return _nodes.Mean(_nodes.Mean(chroma, [rows, 2], [rows, 1]), [1, 2], [1, 2]);
    }
}
