namespace NLCL.Runtime;

/// <summary>What turns codes of YUV into RGB 0..1 and back. Codes less offset, over scale: luma 0..1, chroma -0.5..0.5.</summary>
/// <param name="Kr">Weight of red in luma.</param>
/// <param name="Kb">Weight of blue in luma.</param>
/// <param name="LumaOffset">Code of black.</param>
/// <param name="LumaScale">Codes from black to white.</param>
/// <param name="ChromaOffset">Code of grey.</param>
/// <param name="ChromaScale">Codes from the least to the most chroma.</param>
readonly record struct YuvCoefficients(float Kr, float Kb, float LumaOffset, float LumaScale, float ChromaOffset, float ChromaScale)
{
    /// <summary>Weight of green in luma.</summary>
    public float Kg => 1f - Kr - Kb;

    /// <summary>What a unit of V adds to red.</summary>
    public float RedOfV => 2f * (1f - Kr);

    /// <summary>What a unit of U adds to blue.</summary>
    public float BlueOfU => 2f * (1f - Kb);

    /// <summary>What a unit of U adds to green.</summary>
    public float GreenOfU => -Kb / Kg * BlueOfU;

    /// <summary>What a unit of V adds to green.</summary>
    public float GreenOfV => -Kr / Kg * RedOfV;

    /// <param name="matrix">Weights.</param>
    /// <param name="range">Codes of black and white.</param>
    /// <param name="bits">Of a code.</param>
    public static YuvCoefficients Of(YuvMatrix matrix, YuvRange range, int bits)
    {
        // Luma weights: ITU-R BT.601-7 section 2.5.1, BT.709-6 item 3.2, BT.2020-2 table 4.
        var (kr, kb) = matrix switch
        {
            YuvMatrix.Bt601 => (0.299f, 0.114f),
            YuvMatrix.Bt709 => (0.2126f, 0.0722f),
            _ => (0.2627f, 0.0593f),
        };
        // Code ranges: the same recommendations, quantisation; full range as in ITU-T H.273 with VideoFullRangeFlag 1.
        var (step, most) = (1 << (bits - 8), (1 << bits) - 1);
        return range == YuvRange.Full ? new(kr, kb, 0, most, 128 * step, most) : new(kr, kb, 16 * step, 219 * step, 128 * step, 224 * step);
    }
}
