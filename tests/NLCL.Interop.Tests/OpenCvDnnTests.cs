using OpenCvSharp;
using OpenCvSharp.Dnn;

namespace NLCL.Tests;

[Collection(OpenCvPictures.Collection)]
public sealed class OpenCvDnnTests
{
    [Fact]
    public void A_blob_is_planar_scaled_and_swapped()
    {
        using var picture = OpenCvPictures.Noise(4, 5, MatType.CV_8UC3);
        using var blob = CvDnn.BlobFromImage(picture, 1 / 255.0, swapRB: true, crop: false);
        Assert.Equal([1, 3, 4, 5], Enumerable.Range(0, 4).Select(blob.Size));
        Assert.Equal(picture.Get<Vec3b>(2, 3).Item2 / 255f, blob.Get<float>([0, 0, 2, 3]), 1e-6f);
    }

    [Fact]
    public void A_network_from_onnx_computes_what_its_nodes_say()
    {
        using var net = CvDnn.ReadNetFromOnnx(TinyOnnx.Model(1, 10, -100));
        Assert.NotNull(net);
        net.SetPreferableBackend(Backend.OPENCV);
        net.SetPreferableTarget(Target.CPU);
        using var picture = OpenCvPictures.Noise(4, 5, MatType.CV_8UC3);
        using var blob = CvDnn.BlobFromImage(picture, swapRB: false, crop: false);
        net.SetInput(blob, "rainy");
        using var result = net.Forward("background");
        var pixel = picture.Get<Vec3b>(1, 2);
        Assert.Equal(pixel.Item0 + 1f, result.Get<float>([0, 0, 1, 2]));
        Assert.Equal(pixel.Item1 + 10f, result.Get<float>([0, 1, 1, 2]));
        Assert.Equal(Math.Max(0, pixel.Item2 - 100f), result.Get<float>([0, 2, 1, 2]));
    }
}
