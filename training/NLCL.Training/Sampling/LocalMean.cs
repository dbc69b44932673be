using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Means over a window around each pixel. Along each axis a window is a matrix with a row for each of its positions: as matrix products, single
/// channels cost a processor a small part of what pooling and convolving them do.
/// </summary>
static class LocalMean
{
    /// <summary>Over a square; at the edges, over what lies inside.</summary>
    /// <param name="map"><c>[N, C, H, W]</c>.</param>
    /// <param name="side">Of the square, odd.</param>
    public static Tensor Of(Tensor map, int side) => side == 1 ? map : Both(map, length => Inside(length, side / 2));

    /// <summary>Over the windows that lie in the map as a whole, weighted by the same numbers along rows and columns.</summary>
    /// <param name="map"><c>[N, C, H, W]</c>.</param>
    /// <param name="weights">K numbers that sum to 1.</param>
    /// <returns><c>[N, C, H - K + 1, W - K + 1]</c>.</returns>
    public static Tensor Weighted(Tensor map, double[] weights) => Both(map, length => Whole(length, weights));

    static Tensor Both(Tensor map, Func<int, double[]> windows)
    {
        using Tensor rows = Matrix(windows, map.shape[2], map), columns = Matrix(windows, map.shape[3], map);
        return matmul(rows, matmul(map, columns.transpose(0, 1)));
    }

    static double[] Inside(int length, int reach)
    {
        double[] matrix = new double[length * length];
        for (int at = 0; at < length; at++)
        {
            (int first, int last) = (Math.Max(0, at - reach), Math.Min(length - 1, at + reach));
            matrix.AsSpan((at * length) + first, last - first + 1).Fill(1.0 / (last - first + 1));
        }
        return matrix;
    }

    static double[] Whole(int length, double[] weights)
    {
        int places = length - weights.Length + 1;
        double[] matrix = new double[places * length];
        for (int at = 0; at < places; at++) { weights.CopyTo(matrix, (at * length) + at); }
        return matrix;
    }

    /// <summary>A row of <paramref name="length"/> numbers for each place of a window.</summary>
    static Tensor Matrix(Func<int, double[]> windows, long length, Tensor map)
    {
        double[] rows = windows((int)length);
        using Tensor matrix = tensor(rows, [rows.Length / length, length], dtype: ScalarType.Float64);
        return matrix.to(map.dtype, map.device);
    }
}
