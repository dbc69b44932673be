using OpenCvSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Splits pictures into layers, for measurements on them.</summary>
interface ILayerSource : IDisposable
{
    /// <summary>What splits: a path, and which state of it.</summary>
    string Name { get; }

    /// <summary>Splits a picture; the caller's dispose scope owns the layers.</summary>
    /// <param name="rainy">8UC3, BGR.</param>
    /// <returns>Background and signed rain, <c>[1, 3, H, W]</c>, RGB, in units of a picture of 0..1, not rounded.</returns>
    (Tensor Background, Tensor Rain) Split(Mat rainy);
}
