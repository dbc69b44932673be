using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>NLCL's stages and its peers on one frame.</summary>
sealed class FrameRace
{
    public const string Network = "network";
    public const string NetworkSideBySide = "network, frames side by side";
    public const string YuvSideBySide = "network, 4:2:0 frames side by side";
    public const string Bare = "network, bare loop on the GPU";
    public const string BareLaidOut = "network, bare loop in NLCL's layout";
    public const string Whole = "NLCL, frame in to frame out";

    /// <summary>Frames of a turn on a GPU, where one is too short to be timed.</summary>
    const int GpuFrames = 64;

    /// <summary>The same for a conversion, whose memory another contestant has just driven from the caches; a clip's frames come one upon the other.</summary>
    const int ConvertedFrames = 16;

    readonly Derainer _derainer;
    readonly FrameSize _size;
    readonly byte[] _packed;
    readonly byte[] _packedResult;
    readonly float[] _rainy;
    readonly float[] _background;
    readonly YuvConversion _yuv;
    readonly byte[] _frame;
    readonly byte[] _frameResult;

    public FrameRace(Derainer derainer, FrameSize size)
    {
        (_derainer, _size) = (derainer, size);
        _packed = new byte[3 * size.Pixels];
        new Random(1).NextBytes(_packed);
        _packedResult = new byte[_packed.Length];
        _rainy = new float[_packed.Length];
        _background = new float[_packed.Length];
        _yuv = new YuvConversion(new YuvFormat(size.Width, size.Height));
        _frame = new byte[_yuv.Format.FrameBytes];
        new Random(2).NextBytes(_frame);
        _frameResult = new byte[_frame.Length];
        ConvertIn();
    }

    /// <param name="variants">Other models beside the first one, such as its int8 form.</param>
    /// <param name="peers">Other engines with the first model.</param>
    /// <param name="rounds">How often each runs.</param>
    /// <param name="cancellation">Stops between two contestants.</param>
    public IReadOnlyList<Lap> Run(IEnumerable<(string Name, Derainer Derainer)> variants, IEnumerable<IPeer> peers, int rounds, CancellationToken cancellation)
    {
        bool onCpu = _derainer.Device.Chosen == DeviceKind.Cpu;
        using SideBySide? sideBySide = onCpu ? null : new(_derainer, _size, PixelFormat.Bgr24);
        using SideBySide? yuvSideBySide = onCpu ? null : new(_derainer, _size, PixelFormat.I420);
        using BareLoop? bare = BareLoop.Open(_derainer, _size, laidOut: false), laidOut = BareLoop.Open(_derainer, _size, laidOut: true);
        List<Contestant> contestants =
        [
            Conversion("convert in, packed", ConvertIn),
            Conversion("convert out, packed", ConvertOut),
            Conversion("convert in, 4:2:0", () => _yuv.ToPlanarRgb(_frame, _rainy)),
            Conversion("convert out, 4:2:0", YuvOut()),
            new(Network, () => Derain(_derainer)),
            new(Whole, () => { ConvertIn(); Derain(_derainer); ConvertOut(); }),
        ];
        if (sideBySide is not null) { contestants.Add(new(NetworkSideBySide, () => sideBySide.Derain(GpuFrames, cancellation), Frames: GpuFrames)); }
        if (yuvSideBySide is not null) { contestants.Add(new(YuvSideBySide, () => yuvSideBySide.Derain(GpuFrames, cancellation), Frames: GpuFrames)); }
        if (bare is not null) { contestants.Add(new(Bare, () => bare.Run(GpuFrames), Frames: GpuFrames)); }
        if (laidOut is not null) { contestants.Add(new(BareLaidOut, () => laidOut.Run(GpuFrames), Frames: GpuFrames)); }
        foreach ((string name, Derainer derainer) in variants) { contestants.Add(new($"{Whole}, {name}", () => { ConvertIn(); Derain(derainer); ConvertOut(); })); }
        foreach (IPeer peer in peers) { contestants.Add(new(peer.Name, () => peer.Run(_packed, _packedResult, _size.Width, _size.Height), IsPeer: true)); }
        return Rounds.Run(contestants, rounds, warmUp: true, cancellation);
    }

    static Contestant Conversion(string name, Action convert) => new(name, () => { for (int frame = 0; frame < ConvertedFrames; frame++) { convert(); } }, Frames: ConvertedFrames);

    // As a clip's frames come out: where the rain is the same in every channel, it is all that comes from the network.
    Action YuvOut()
    {
        Derain(_derainer);
        float[] rain = [.. _rainy.Zip(_background, (all, rest) => all - rest)];
        float[] layer = rain[..(int)_size.Pixels];
        bool isGrey = Enumerable.Range(0, rain.Length).All(i => MathF.Abs(rain[i] - layer[i % layer.Length]) < 1e-5f);
        return isGrey ? () => _yuv.SubtractRain(_frame, layer, _frameResult) : () => _yuv.ApplyChange(_frame, _rainy, _background, _frameResult);
    }

    void ConvertIn() => PixelConversion.ToPlanar(_packed, 3 * _size.Width, PackedLayout.Bgr, _rainy, _size.Width, _size.Height);

    void Derain(Derainer derainer) => derainer.Derain(_rainy, _background, _size.Width, _size.Height);

    void ConvertOut() => PixelConversion.ToPacked(_background, _packedResult, 3 * _size.Width, PackedLayout.Bgr, _size.Width, _size.Height);
}
