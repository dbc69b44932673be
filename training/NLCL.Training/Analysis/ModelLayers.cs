using NLCL.Runtime;
using OpenCvSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Layers from a model file, by the runtime that users run; rain is what the background lacks.</summary>
sealed class ModelLayers(string path) : ILayerSource
{
    readonly Derainer _derainer = Derainer.Open(path, new DerainerOptions { Device = DeviceKind.Cpu });

    public string Name => path;

    public (Tensor Background, Tensor Rain) Split(Mat rainy)
    {
        using Mat values = new();
        rainy.ConvertTo(values, MatType.CV_32FC3, 1 / 255.0);
        float[] planes = new float[3 * values.Width * values.Height];
        PlanarPicture.Copy(values, planes);
        float[] background = new float[planes.Length];
        _derainer.Derain(planes, background, values.Width, values.Height);
        long[] shape = [1, 3, values.Height, values.Width];
        Tensor layer = tensor(background, shape);
        return (layer, tensor(planes, shape) - layer);
    }

    public void Dispose() => _derainer.Dispose();
}
