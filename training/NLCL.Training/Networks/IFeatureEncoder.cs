using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>A network whose inner maps a contrast compares: embeddings are taken from its taps.</summary>
public interface IFeatureEncoder
{
    /// <summary>Channels of each tap, in the order of <see cref="Features"/>: what a <see cref="ContrastHead"/> is built for.</summary>
    IReadOnlyList<int> TapChannels { get; }

    /// <summary>Runs up to the last tap and no further.</summary>
    /// <param name="picture"><c>[N, 3, H, W]</c>, RGB, 0..1.</param>
    /// <returns>One map per tap, <c>[N, TapChannels[i], h, w]</c>; h and w differ from tap to tap.</returns>
    IReadOnlyList<Tensor> Features(Tensor picture);
}
