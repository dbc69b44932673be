using System.Runtime.InteropServices;
using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>Frames that go to the network as samples, as on a GPU: here on the processor, against the conversion before and behind the network.</summary>
public sealed class SampleGraphTests : IDisposable
{
    readonly TestFolder _folder = new();
    int _models;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    Derainer Open(TinyOnnx model, bool? asSamples, long maxTilePixels = 1 << 20) => Derainer.Open(
        _folder.Write($"m{_models++}.onnx", model.ToBytes()),
        new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, MaxTilePixels = maxTilePixels, AsSamples = asSamples });

    /// <summary>A network that changes most samples, for sizes that are multiples of 8.</summary>
    static TinyOnnx Network()
    {
        var network = TinyOnnx.Network();
        network.Metadata["nlcl.size_multiple"] = "8";
        return network;
    }

    static byte[] Samples(int bytes, bool deep, int seed = 1)
    {
        var samples = Noise.Bytes(bytes, seed);
        foreach (ref var word in MemoryMarshal.Cast<byte, ushort>(samples.AsSpan()))
        {
            word = deep ? (ushort)(word & 1023) : word;
        }
        return samples;
    }

    /// <summary>One code at most, and seldom: only where a sum ends between two codes. Of the 712,378 samples that go that way here, one.</summary>
    static void AssertNear(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, bool deep)
    {
        Assert.Equal(expected.Length, actual.Length);
        int[] differences = deep
            ? [.. MemoryMarshal.Cast<byte, ushort>(expected).ToArray().Zip(MemoryMarshal.Cast<byte, ushort>(actual).ToArray(), (a, b) => Math.Abs(a - b))]
            : [.. expected.ToArray().Zip(actual.ToArray(), (a, b) => Math.Abs(a - b))];
        Assert.InRange(differences.Max(), 0, 1);
        Assert.InRange(differences.Count(d => d > 0), 0, 1 + (differences.Length / 5000));
    }

    public static TheoryData<ChromaSampling, int, YuvMatrix, YuvRange, int, int> YuvCases()
    {
        var cases = new TheoryData<ChromaSampling, int, YuvMatrix, YuvRange, int, int>();
        foreach (var sampling in Enum.GetValues<ChromaSampling>())
        {
            foreach (var bits in new[] { 8, 10 })
            {
                foreach (var (matrix, range) in new[] { (YuvMatrix.Bt709, YuvRange.Limited), (YuvMatrix.Bt601, YuvRange.Limited), (YuvMatrix.Bt709, YuvRange.Full), (YuvMatrix.Bt601, YuvRange.Full), (YuvMatrix.Bt2020, YuvRange.Limited) })
                {
                    foreach (var (width, height) in new[] { (64, 48), (66, 35), (33, 18), (3, 1), (1, 1) })
                    {
                        cases.Add(sampling, bits, matrix, range, width, height);
                    }
                }
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(YuvCases))]
    public void Yuv_is_derained_as_by_the_processor(ChromaSampling sampling, int bits, YuvMatrix matrix, YuvRange range, int width, int height)
    {
        var format = new YuvFormat(width, height, sampling, bits, matrix, range);
        var rainy = Samples(format.FrameBytes, bits > 8);
        using var planes = Open(Network(), asSamples: false);
        var conversion = new YuvConversion(format);
        float[] rgb = new float[3 * width * height], background = new float[rgb.Length];
        conversion.ToPlanarRgb(rainy, rgb);
        planes.Derain(rgb, background, width, height, Token);
        var expected = new byte[rainy.Length];
        conversion.ApplyChange(rainy, rgb, background, expected);
        if (width > 3)
        {
            Assert.NotEqual(rainy, expected);
        }
        AssertNear(expected, Clip(Network(), format, rainy), bits > 8);
        Assert.Equal(rainy, Clip(TinyOnnx.Identity(8), format, rainy));
    }

    /// <summary>A frame of a clip through the stage between decoder and encoder.</summary>
    byte[] Clip(TinyOnnx network, YuvFormat format, byte[] rainy)
    {
        using var derainer = Open(network, asSamples: true);
        using var run = derainer.ForClips().Samples!.CreateRun(SampleFormat.Of(format), format.Width, format.Height);
        Assert.NotNull(run);
        using var workers = new FrameWorkers(derainer.ForClips(), FrameConversion.Yuv(format), 2);
        using var slot = new FrameSlot(format.FrameBytes);
        rainy.CopyTo(slot.Samples);
        foreach (var part in workers.Stage(() => Token).Parts)
        {
            Assert.True(part.Work(slot, 1));
        }
        Assert.Null(derainer.SamplesRefused);
        return slot.Samples.ToArray();
    }

    public static TheoryData<PixelFormat, int, int, int> FrameCases()
    {
        var cases = new TheoryData<PixelFormat, int, int, int>();
        foreach (var pixels in Enum.GetValues<PixelFormat>())
        {
            foreach (var (width, height, gap) in new[] { (64, 48, 0), (66, 34, 0), (33, 17, 0), (67, 21, 4), (1, 1, 0) })
            {
                cases.Add(pixels, width, height, gap);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(FrameCases))]
    public void Raw_frames_are_derained_as_by_the_processor(PixelFormat pixels, int width, int height, int gap)
    {
        var format = new FrameFormat(width, height, pixels);
        format = gap == 0 ? format : format with { Stride = (format.TightRowBytes + gap + 3) / 4 * 4 };
        var deep = pixels is PixelFormat.I010 or PixelFormat.P010 or PixelFormat.Gray16 or PixelFormat.Bgr48 or PixelFormat.Rgb48 or PixelFormat.Bgra64 or PixelFormat.Rgba64;
        var rainy = Samples(2 * format.Bytes, pixels == PixelFormat.I010);
        foreach (ref var word in MemoryMarshal.Cast<byte, ushort>(pixels == PixelFormat.P010 ? rainy.AsSpan() : []))
        {
            word &= 0xFFC0;
        }
        byte[] expected = (byte[])rainy.Clone(), actual = (byte[])rainy.Clone();
        using var planes = Open(Network(), asSamples: false);
        planes.Derain(rainy, expected, format, 2, Token);
        using var samples = Open(Network(), asSamples: true);
        samples.Derain(rainy, actual, format, 2, Token);
        Assert.Null(samples.SamplesRefused);
        AssertNear(Codes(expected), Codes(actual), deep);
        using var identity = Open(TinyOnnx.Identity(8), asSamples: true);
        identity.Derain(rainy, actual, format, 2, Token);
        Assert.Equal(rainy, actual);
        identity.Derain(actual, actual, format, 2, Token);
        Assert.Equal(rainy, actual);

        byte[] Codes(byte[] frame)
        {
            var codes = (byte[])frame.Clone();
            foreach (ref var word in MemoryMarshal.Cast<byte, ushort>(pixels == PixelFormat.P010 ? codes.AsSpan() : []))
            {
                word >>= 6;
            }
            return codes;
        }
    }

    [Fact]
    public void Pictures_of_any_step_are_derained_as_by_the_processor()
    {
        using var planes = Open(Network(), asSamples: false);
        using var samples = Open(Network(), asSamples: true);
        using var large = Noise.Picture(90, 60, MatType.CV_8UC3);
        using var part = new Mat(large, new Rect(5, 4, 67, 41));
        using var other = Noise.Picture(67, 41, MatType.CV_8UC3, 2);
        var expected = planes.Derain([part, other], Token);
        var actual = samples.Derain([part, other], Token);
        for (var i = 0; i < 2; i++)
        {
            AssertNear(Noise.Content(expected[i]), Noise.Content(actual[i]), deep: false);
            Assert.NotEqual(Noise.Content(actual[0]), Noise.Content(actual[1]));
        }
        // In place, within a larger picture of which all else stays.
        using var copy = large.Clone();
        using var inPlace = new Mat(copy, new Rect(5, 4, 67, 41));
        samples.Derain(inPlace, inPlace, Token);
        Assert.Equal(Noise.Content(actual[0]), Noise.Content(inPlace));
        actual[0].CopyTo(part);
        Noise.AssertEqual(large, copy);
        foreach (var picture in expected.Concat(actual))
        {
            picture.Dispose();
        }
    }

    [Theory]
    [InlineData("nlcl.onnx")]
    [InlineData("nlcl.fp16.onnx")]
    public void The_shipped_model_is_the_same_with_the_conversion_around_it(string name)
    {
        var model = ModelFile.Open(Checkout.PathOf("models", name));
        var options = new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1 };
        using var planes = Derainer.Open(model, options);
        using var samples = Derainer.Open(model, options with { AsSamples = true });
        foreach (var pixels in new[] { PixelFormat.Bgr24, PixelFormat.I420 })
        {
            var format = new FrameFormat(101, 66, pixels);
            var rainy = Samples(format.Bytes, deep: false);
            byte[] expected = new byte[rainy.Length], actual = new byte[rainy.Length];
            planes.Derain(rainy, expected, format, cancellationToken: Token);
            samples.Derain(rainy, actual, format, cancellationToken: Token);
            Assert.Null(samples.SamplesRefused);
            Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, 1);
            Assert.InRange(expected.Zip(actual).Count(pair => pair.First != pair.Second), 0, rainy.Length / 1000);
        }
    }

    [Fact]
    public void The_wrapped_file_is_a_model_with_one_input_and_one_output_of_samples()
    {
        var model = ModelFile.Open(_folder.Write("m.onnx", Network().ToBytes()));
        var scan = OnnxScanner.Scan(SampleGraph.Around(model, new TileShape(1, 33, 17, Samples: SampleFormat.Bgr)));
        Assert.Equal(("nlcl.samples", "uint8", "1,17,33,3"), (scan.Inputs.Single().Name, scan.Inputs[0].ElementType, string.Join(',', scan.Inputs[0].Dimensions)));
        Assert.Equal(("nlcl.background", "uint8", "1,17,33,3"), (scan.Outputs.Single().Name, scan.Outputs[0].ElementType, string.Join(',', scan.Outputs[0].Dimensions)));
        Assert.Equal((model.Opset, 8L), (scan.Opsets[""], scan.IrVersion));
        Assert.Equal(model.Metadata, scan.Metadata);
        Assert.Superset(new HashSet<string> { "w1", "b1", "w2" }, scan.Initializers);
    }

    [Fact]
    public void What_cannot_go_as_samples_goes_as_planes()
    {
        var format = new FrameFormat(64, 48, PixelFormat.I420);
        var rainy = Samples(format.Bytes, deep: false);
        byte[] Derain(Derainer derainer)
        {
            var background = new byte[rainy.Length];
            derainer.Derain(rainy, background, format, cancellationToken: Token);
            return background;
        }
        using var planes = Open(Network(), asSamples: false);
        var expected = Derain(planes);

        using var tiles = Open(Network(), asSamples: true, maxTilePixels: 1000);
        Assert.Null(tiles.ForClips().Samples!.CreateRun(SampleFormat.Bgr, 64, 48));
        using var planesInTiles = Open(Network(), asSamples: false, maxTilePixels: 1000);
        Assert.Equal(Derain(planesInTiles), Derain(tiles));

        // The name is taken: ONNX Runtime refuses the graph around the network, not the network.
        var taken = Network();
        using var refused = Open(taken.Node("Identity", ["rainy"], [SampleGraph.InputName]), asSamples: true);
        Assert.Null(refused.SamplesRefused);
        Assert.Equal(expected, Derain(refused));
        Assert.NotNull(refused.SamplesRefused);
        Assert.Null(refused.ForClips().Samples);

        using var window = Open(TinyOnnx.WindowNetwork(), asSamples: true);
        Assert.Null(window.ForClips().Samples);
        using var byDefault = Open(Network(), asSamples: null);
        Assert.Null(byDefault.ForClips().Samples);
    }

    [Theory]
    [InlineData(PixelFormat.Bgr24)]
    [InlineData(PixelFormat.I420)]
    [InlineData(PixelFormat.P010)]
    public void A_frame_costs_no_managed_memory_once_its_format_is_known(PixelFormat pixels)
    {
        using var derainer = Open(Network(), asSamples: true);
        using var source = new CancellationTokenSource();
        var format = new FrameFormat(64, 48, pixels);
        byte[] rainy = Samples(format.Bytes, deep: false), background = new byte[rainy.Length];
        for (var i = 0; i < 50; i++)
        {
            derainer.Derain(rainy, background, format, 1, source.Token);
        }
        Assert.Equal(0, ManagedMemory.OfARound(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                derainer.Derain(rainy, background, format, 1, source.Token);
            }
        }));
    }

    [Fact]
    public async Task Many_callers_of_many_formats_get_their_own()
    {
        using var planes = Open(Network(), asSamples: false);
        using var samples = Open(Network(), asSamples: true);
        FrameFormat[] formats = [.. new[] { 32, 40, 48 }.SelectMany(width => new FrameFormat[] { new(width, 24, PixelFormat.Rgb24), new(width, 24, PixelFormat.Nv12) })];
        await Task.WhenAll(Enumerable.Range(0, 5).Select(caller => Task.Run(() =>
        {
            for (var turn = 0; turn < 12; turn++)
            {
                var format = formats[(caller + turn) % formats.Length];
                var rainy = Samples(format.Bytes, deep: false, (100 * caller) + turn);
                byte[] expected = new byte[rainy.Length], actual = new byte[rainy.Length];
                planes.Derain(rainy, expected, format, 1, Token);
                samples.Derain(rainy, actual, format, 1, Token);
                AssertNear(expected, actual, deep: false);
            }
        }, Token)));
        Assert.Null(samples.SamplesRefused);
    }
}
