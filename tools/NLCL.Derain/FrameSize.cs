using System.Globalization;
using NLCL.CommandLine;

namespace NLCL.Derain;

/// <summary>Width and height of a frame in pixels.</summary>
readonly record struct FrameSize(int Width, int Height)
{
    public long Pixels => (long)Width * Height;

    /// <summary>Reads WIDTHxHEIGHT.</summary>
    /// <exception cref="CommandException">It is not written so.</exception>
    public static FrameSize Parse(string text)
    {
        string[] sides = text.Split('x');
        return sides.Length == 2
            && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width > 0
            && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height) && height > 0
            ? new(width, height)
            : throw new CommandException(ExitCodes.Usage, $"'{text}' is no frame size; write WIDTHxHEIGHT, e.g. 1280x720.");
    }

    public override string ToString() => $"{Width}x{Height}";
}
