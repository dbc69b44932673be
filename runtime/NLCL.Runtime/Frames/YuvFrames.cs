namespace NLCL.Runtime;

/// <summary>What deraining YUV frames of one format needs besides the network: row buffers, samples in planes, planar RGB.</summary>
sealed class YuvFrames : IDisposable
{
    readonly YuvConversion _conversion;
    readonly NativeBuffer _samples;
    readonly NativeBuffer _rainy;
    readonly NativeBuffer _background;
    readonly int _frameValues;

    public YuvFrames(FrameFormat format, int frames)
    {
        Format = format;
        Frames = frames;
        _conversion = new YuvConversion(format.Yuv);
        _frameValues = checked(3 * format.Width * format.Height);
        var bytes = checked(_frameValues * frames * sizeof(float));
        _samples = new NativeBuffer(_conversion.Format.FrameBytes);
        _rainy = new NativeBuffer(bytes);
        _background = new NativeBuffer(bytes);
    }

    public FrameFormat Format { get; }

    /// <summary>How many fit.</summary>
    public int Frames { get; }

    public ReadOnlySpan<float> Rainy(int frames) => _rainy.Floats[..(frames * _frameValues)];

    public Span<float> Background(int frames) => _background.Floats[..(frames * _frameValues)];

    public void Read(ReadOnlySpan<byte> frame, int index) =>
        _conversion.ToPlanarRgb(Planes(frame), _rainy.Floats.Slice(index * _frameValues, _frameValues));

    /// <summary>The frame with the network's change; <paramref name="target"/> may be the same memory.</summary>
    public void Write(ReadOnlySpan<byte> frame, int index, Span<byte> target)
    {
        var planes = Planes(frame);
        var at = index * _frameValues;
        var derained = FrameSamples.IsTight(Format) ? target[.._conversion.Format.FrameBytes] : _samples.Bytes;
        _conversion.ApplyChange(planes, _rainy.Floats.Slice(at, _frameValues), _background.Floats.Slice(at, _frameValues), derained);
        if (!FrameSamples.IsTight(Format))
        {
            FrameSamples.Spread(Format, derained, target);
        }
    }

    public void Dispose()
    {
        _samples.Dispose();
        _rainy.Dispose();
        _background.Dispose();
    }

    ReadOnlySpan<byte> Planes(ReadOnlySpan<byte> frame)
    {
        if (FrameSamples.IsTight(Format))
        {
            return frame[.._conversion.Format.FrameBytes];
        }
        FrameSamples.Gather(Format, frame, _samples.Bytes);
        return _samples.Bytes;
    }
}
