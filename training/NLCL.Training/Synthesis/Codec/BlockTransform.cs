using System.Runtime.Intrinsics;

namespace NLCL.Training;

/// <summary>The discrete cosine transform of 8x8 values, orthonormal, and what quantisation leaves of them.</summary>
static class BlockTransform
{
    /// <summary>Side of a block.</summary>
    public const int Side = 8;

    /// <summary>Values of a block.</summary>
    public const int Size = Side * Side;

    static readonly float[] Forward = Cosines(transposed: false), Backward = Cosines(transposed: true);

    /// <summary>Quantises differences in place.</summary>
    /// <param name="block"><c>[8, 8]</c>.</param>
    /// <param name="step">Between two levels, in values of the block.</param>
    /// <param name="rounding">0.5 rounds to the nearest level; less prefers the smaller one.</param>
    /// <param name="fewest">A block with fewer levels than this, none beyond 1, is not worth its bits.</param>
    /// <returns>Whether anything is left.</returns>
    public static bool Quantize(Span<float> block, float step, float rounding, int fewest)
    {
        Span<float> half = stackalloc float[Size], coefficients = stackalloc float[Size];
        Multiply(Forward, block, half);
        Multiply(half, Backward, coefficients);
        int count = 0;
        bool large = false;
        foreach (ref float value in coefficients)
        {
            float level = MathF.Floor((Math.Abs(value) / step) + rounding);
            if (level > 0) { count++; }
            large |= level > 1;
            value = MathF.CopySign(level * step, value);
        }
        if (count == 0 || (!large && count < fewest))
        {
            block.Clear();
            return false;
        }
        Multiply(Backward, coefficients, half);
        Multiply(half, Forward, block);
        return true;
    }

    static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> product)
    {
        for (int row = 0; row < Size; row += Side)
        {
            Vector256<float> sum = Vector256<float>.Zero;
            for (int index = 0; index < Side; index++)
            {
                sum += left[row + index] * Vector256.Create(right.Slice(Side * index, Side));
            }
            sum.CopyTo(product[row..]);
        }
    }

    static float[] Cosines(bool transposed)
    {
        float[] matrix = new float[Size];
        for (int frequency = 0; frequency < Side; frequency++)
        {
            double scale = Math.Sqrt((frequency == 0 ? 1.0 : 2.0) / Side);
            for (int place = 0; place < Side; place++)
            {
                matrix[transposed ? (place * Side) + frequency : (frequency * Side) + place] = (float)(scale * Math.Cos((place + 0.5) * frequency * Math.PI / Side));
            }
        }
        return matrix;
    }
}
