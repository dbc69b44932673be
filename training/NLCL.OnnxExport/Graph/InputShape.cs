using System.Globalization;

namespace NLCL.OnnxExport;

/// <summary>The text of <see cref="ExportOptions.InputShapes"/>, read.</summary>
static class InputShape
{
    /// <summary>The name of the batch axis, the one that is no multiple of anything.</summary>
    public const string Batch = "n";

    /// <exception cref="ArgumentException">Not a comma-separated list of positive numbers and names.</exception>
    public static IReadOnlyList<Dimension> Parse(string text, int sizeMultiple) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries).Select(axis => Parse(text, axis, sizeMultiple))];

    static Dimension Parse(string text, string axis, int sizeMultiple)
    {
        if (long.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > 0)
        {
            return Dimension.Fixed(length);
        }
        return axis.Length > 0 && char.IsLetter(axis[0]) && axis.All(char.IsLetterOrDigit)
            ? Dimension.Open(axis, axis == Batch ? 1 : sizeMultiple)
            : throw new ArgumentException($"'{text}' is no input shape; write it like n,3,h,w.");
    }
}
