using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Places of K patches in each of N pictures, most similar to their anchor first (or least, when sampled so).</summary>
/// <param name="Centres"><c>[N, K, 2]</c>, 64-bit: row and column of the patch centre in the sampled map.</param>
/// <param name="Distances">
/// <c>[N, K]</c>: Euclidean distance to the anchor's patch. The first is the anchor itself, with 0, unless the least similar
/// are kept.
/// </param>
/// <param name="Height">Height of the sampled map.</param>
/// <param name="Width">Width of the sampled map.</param>
public sealed record PatchGroup(Tensor Centres, Tensor Distances, long Height, long Width)
{
    /// <summary>Reads the vectors at the patch centres, row <c>floor(row * h / Height)</c>, out of a map of any size.</summary>
    /// <param name="features"><c>[N, C, h, w]</c>.</param>
    /// <returns><c>[N, K, C]</c>; gradients flow to the map.</returns>
    public Tensor Gather(Tensor features)
    {
        var (pictures, channels, height, width) = (features.shape[0], features.shape[1], features.shape[2], features.shape[3]);
        if (pictures != Centres.shape[0])
        {
            throw new ArgumentException($"The group is of {Centres.shape[0]} pictures, the map of {pictures}.", nameof(features));
        }

        var rows = Scale(Centres.select(2, 0), height, Height);
        var columns = Scale(Centres.select(2, 1), width, Width);
        var index = ((rows * width) + columns).unsqueeze(1).expand(pictures, channels, Centres.shape[1]); // [N, C, K]
        return features.flatten(2).gather(2, index).transpose(1, 2);
    }

    /// <summary>Cuts whole patches out of pictures of the sampled size, for statistics over them.</summary>
    /// <param name="pictures"><c>[N, C, Height, Width]</c>.</param>
    /// <param name="patchSize">Side, even, no larger than the sampler's.</param>
    /// <returns><c>[N, K, C * patchSize²]</c>.</returns>
    public Tensor Cut(Tensor pictures, int patchSize)
    {
        var (count, channels, places) = (pictures.shape[0], pictures.shape[1], Centres.shape[1]);
        var offsets = arange(-patchSize / 2, patchSize - (patchSize / 2), dtype: ScalarType.Int64, device: pictures.device);
        var rows = Centres.select(2, 0).reshape(count, places, 1, 1) + offsets.reshape(1, 1, patchSize, 1);
        var columns = Centres.select(2, 1).reshape(count, places, 1, 1) + offsets.reshape(1, 1, 1, patchSize);
        var index = ((rows * Width) + columns).reshape(count, 1, -1).expand(count, channels, -1); // [N, C, K * P²]
        return pictures.flatten(2).gather(2, index).reshape(count, channels, places, -1).transpose(1, 2).flatten(2);
    }

    // In double precision: exact for any picture, where a division of integers would depend on its rounding mode.
    static Tensor Scale(Tensor position, long size, long sampledSize) =>
        size == sampledSize
            ? position
            : (position.to_type(ScalarType.Float64) * (double)size / (double)sampledSize).floor().to_type(ScalarType.Int64);
}
