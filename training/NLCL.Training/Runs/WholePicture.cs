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
    /// <returns>Background, and rain shown around grey; 8UC3 of the same size; the caller disposes both.</returns>
    public static (Mat Background, Mat Rain) Split(IDerainer network, Mat rainy, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor background, Tensor rain) = Layers(network, rainy, device);
        return (Show(background, 0), Show(rain, 0.5f));
    }

    /// <summary>Splits an 8-bit picture without rounding; the caller's dispose scope owns the layers.</summary>
    /// <returns>Background and signed rain, <c>[1, 3, H, W]</c> of the picture's size, RGB, on the CPU.</returns>
    public static (Tensor Background, Tensor Rain) Layers(IDerainer network, Mat rainy, Device device)
    {
        using IDisposable still = no_grad();
        int right = Missing(rainy.Width, network.SizeMultiple), bottom = Missing(rainy.Height, network.SizeMultiple);
        using Mat padded = new();
        // As the runtime does: reflected where the picture is large enough for it.
        BorderTypes border = right < rainy.Width && bottom < rainy.Height ? BorderTypes.Reflect101 : BorderTypes.Replicate;
        Cv2.CopyMakeBorder(rainy, padded, 0, bottom, 0, right, border);
        using Mat values = new();
        padded.ConvertTo(values, MatType.CV_32FC3, 1 / 255.0);
        float[] planes = new float[3 * values.Width * values.Height];
        PlanarPicture.Copy(values, planes);
        (Tensor background, Tensor rain) = network.Decompose(tensor(planes, [1, 3, values.Height, values.Width]).to(device));
        return (Cut(background), Cut(rain.expand(background.shape)));

        Tensor Cut(Tensor layer) => layer.cpu().narrow(2, 0, rainy.Height).narrow(3, 0, rainy.Width).contiguous();
    }

    static Mat Show(Tensor picture, float offset) => PlanarPicture.Create(
        picture.data<float>().ToArray(), (int)picture.shape[3], new OpenCvSharp.Size((int)picture.shape[3], (int)picture.shape[2]), offset);

    static int Missing(int length, int multiple) => (multiple - (length % multiple)) % multiple;
}
