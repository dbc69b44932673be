using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>The mean over a square around each pixel; at the edges, over what lies inside.</summary>
static class LocalMean
{
    /// <param name="map"><c>[N, C, H, W]</c>.</param>
    /// <param name="side">Of the square, odd.</param>
    public static Tensor Of(Tensor map, int side) => side == 1 ? map : Along(Along(map, side, 1), 1, side); // rows, then columns: 2 side instead of side² sums

    static Tensor Along(Tensor map, long height, long width) =>
        nn.functional.avg_pool2d(map, (height, width), stride: (1L, 1L), padding: (height / 2, width / 2), count_include_pad: false);
}
