using static TorchSharp.torch;

namespace NLCL.OnnxExport.Tests;

/// <summary>The variants of <see cref="SmallNetwork"/>, calibrated on made-up pictures.</summary>
static class SmallVariants
{
    public static ExportOptions Options(ExportPrecision precision, bool bytes = false) => new()
    {
        SizeMultiple = 2,
        Precision = precision,
        MinimumPsnr = bytes ? 48 : 60,
        InputType = bytes ? ScalarType.Byte : ScalarType.Float32,
        InputShapes = [bytes ? "n,h,w,3" : "n,3,h,w"],
        Samples = Pictures(100, 3, bytes),
        Quantization = new QuantizationOptions { Calibration = Pictures(1, 6, bytes) },
    };

    public static INetworkDescription Description(SmallNetwork network, bool bytes) =>
        bytes ? new BytePictures(network, BytePictureLayout.PackedBgr) : network;

    public static byte[] ToBytes(SmallNetwork network, ExportPrecision precision, bool bytes = false) =>
        OnnxExporter.ToBytes(network, Description(network, bytes), Options(precision, bytes));

    /// <summary>Soft gradients under a little noise, 46 x 38.</summary>
    public static IReadOnlyList<SampleInput> Pictures(int seed, int count, bool bytes = false) =>
        [.. Enumerable.Range(seed, count).Select(picture => Picture(picture, bytes))];

    static SampleInput Picture(int seed, bool bytes)
    {
        const int width = 46;
        const int height = 38;
        var random = new Random(seed);
        var slopes = Enumerable.Range(0, 6).Select(_ => random.NextDouble()).ToArray();
        var planes = new float[3 * width * height];
        var packed = new byte[planes.Length];
        for (var channel = 0; channel < 3; channel++)
        {
            for (var at = 0; at < width * height; at++)
            {
                var value = (slopes[channel] * (at % width) / width + slopes[channel + 3] * (at / width) / height + 0.3 * random.NextDouble()) / 2.3;
                packed[3 * at + 2 - channel] = (byte)Math.Round(value * 255);
                planes[channel * width * height + at] = packed[3 * at + 2 - channel] / 255f;
            }
        }
        return bytes ? SampleInput.Of(packed, 1, height, width, 3) : SampleInput.Of(planes, 1, 3, height, width);
    }
}
