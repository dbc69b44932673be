using OpenCvSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Runs a network over a whole picture of any size.</summary>
static class WholePicture
{
    /// <summary>Splits an 8-bit picture.</summary>
    /// <param name="network">An <see cref="IDerainer"/>.</param>
    /// <param name="rainy">8UC3, BGR.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="neighbours">The frames before and behind it, of its size; null: a picture of its own.</param>
    /// <returns>Background, and rain shown around grey; 8UC3 of the same size; the caller disposes both.</returns>
    public static (Mat Background, Mat Rain) Split(IDerainer network, Mat rainy, Device device, (Mat Before, Mat After)? neighbours = null)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor background, Tensor rain) = Layers(network, rainy, device, neighbours);
        return (Show(background, 0), Show(rain, 0.5f));
    }

    /// <summary>Splits an 8-bit picture without rounding; the caller's dispose scope owns the layers.</summary>
    /// <returns>Background and signed rain, <c>[1, 3, H, W]</c> of the picture's size, RGB, on the CPU.</returns>
    public static (Tensor Background, Tensor Rain) Layers(IDerainer network, Mat rainy, Device device, (Mat Before, Mat After)? neighbours = null)
    {
        using IDisposable still = no_grad();
        Tensor seen = neighbours is { } others && network.Frames > 1
            ? cat([Planes(network, others.Before), Planes(network, rainy), Planes(network, others.After)], 1)
            : Planes(network, rainy);
        (Tensor background, Tensor rain) = network.Decompose(seen.to(device));
        return (Cut(background), Cut(rain.expand(background.shape)));

        Tensor Cut(Tensor layer) => layer.cpu().narrow(2, 0, rainy.Height).narrow(3, 0, rainy.Width).contiguous();
    }

    // [1, 3, H, W], padded to the network's multiple.
    static Tensor Planes(IDerainer network, Mat picture)
    {
        int right = Missing(picture.Width, network.SizeMultiple), bottom = Missing(picture.Height, network.SizeMultiple);
        using Mat padded = new();
        // As the runtime does: reflected where the picture is large enough for it.
        BorderTypes border = right < picture.Width && bottom < picture.Height ? BorderTypes.Reflect101 : BorderTypes.Replicate;
        Cv2.CopyMakeBorder(picture, padded, 0, bottom, 0, right, border);
        using Mat values = new();
        padded.ConvertTo(values, MatType.CV_32FC3, 1 / 255.0);
        float[] planes = new float[3 * values.Width * values.Height];
        PlanarPicture.Copy(values, planes);
        return tensor(planes, [1, 3, values.Height, values.Width]);
    }

    static Mat Show(Tensor picture, float offset) => PlanarPicture.Create(
        picture.data<float>().ToArray(), (int)picture.shape[3], new OpenCvSharp.Size((int)picture.shape[3], (int)picture.shape[2]), offset);

    static int Missing(int length, int multiple) => (multiple - (length % multiple)) % multiple;
}
