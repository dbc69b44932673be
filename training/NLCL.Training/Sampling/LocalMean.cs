using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>The mean over a square around each pixel; at the edges, over what lies inside.</summary>
static class LocalMean
{
    /// <param name="map"><c>[N, C, H, W]</c>.</param>
    /// <param name="side">Of the square, odd.</param>
    public static Tensor Of(Tensor map, int side) =>
        side == 1 ? map : nn.functional.avg_pool2d(map, side, stride: 1, padding: side / 2, count_include_pad: false);
}
