using System.Globalization;

namespace NLCL.Runtime;

/// <summary>What a clip with a high dynamic range says of the screen that it was graded on (SMPTE ST 2086) and of its brightest frames (CTA-861.3), as its encoder takes it.</summary>
/// <param name="Display">Colours of the screen and its range; null: not said.</param>
/// <param name="MaxContent">Brightest pixel in cd/m²; 0: not said.</param>
/// <param name="MaxAverage">Brightest frame's mean in cd/m².</param>
sealed record HdrMetadata(MediaSideData? Display, int MaxContent, int MaxAverage)
{
    const string Mastering = "Mastering display metadata", ContentLight = "Content light level metadata";

    // The units in which H.264 and H.265 count.
    const double ChromaticityUnit = 0.00002, LuminanceUnit = 0.0001;

    /// <summary>What the frames of a stream carry; null: nothing.</summary>
    public static HdrMetadata? Of(MediaStream video)
    {
        var display = video.SideDataList.Find(data => data.SideDataType == Mastering && Array.TrueForAll(Numbers(data), number => number.Denominator > 0));
        var light = video.SideDataList.Find(data => data.SideDataType == ContentLight && data.MaxContent > 0);
        return display is null && light is null ? null : new HdrMetadata(display, light?.MaxContent ?? 0, light?.MaxAverage ?? 0);
    }

    /// <summary>A stream whose codes stand for brightness beyond that of paper.</summary>
    public static bool IsHdr(MediaStream video) => video.ColorTransfer is "smpte2084" or "arib-std-b67";

    /// <summary>Whether side data of a frame is of the kinds that a clip has for all its frames, or as HDR10+ says it of each.</summary>
    public static bool IsOne(string kind) => kind is Mastering or ContentLight || kind.StartsWith("HDR Dynamic Metadata", StringComparison.Ordinal);

    /// <summary>Whether side data of a kind is written by an encoder: into the frames, where not every version of ffprobe finds it again.</summary>
    public static bool IsWritten(string kind, string codec) => kind is Mastering or ContentLight && Arguments(null, codec) is not null;

    /// <summary>Parameters of an encoder in its own words, "name=value:name=value"; null: it has none for that.</summary>
    public static (string Option, string Parameters)? Arguments(HdrMetadata? metadata, string codec) => codec switch
    {
        "libx264" => ("-x264-params", Join(("mastering-display", metadata?.Counted), ("cll", metadata?.Light))),
        "libx265" => ("-x265-params", Join(("master-display", metadata?.Counted), ("max-cll", metadata?.Light))),
        "libsvtav1" => ("-svtav1-params", Join(("mastering-display", metadata?.Plain), ("content-light", metadata?.Light))),
        _ => null,
    };

    string? Light => MaxContent > 0 ? string.Create(CultureInfo.InvariantCulture, $"{MaxContent},{MaxAverage}") : null;

    string? Counted => Written((number, unit) => Math.Round(number.Value / unit).ToString("0", CultureInfo.InvariantCulture));

    string? Plain => Written((number, _) => number.Value.ToString("0.0#####", CultureInfo.InvariantCulture));

    string? Written(Func<Rational, double, string> text)
    {
        if (Display is null)
        {
            return null;
        }

        var numbers = Numbers(Display);
        string[] parts = [.. numbers.Select((number, index) => text(number, index < 8 ? ChromaticityUnit : LuminanceUnit))];
        return $"G({parts[0]},{parts[1]})B({parts[2]},{parts[3]})R({parts[4]},{parts[5]})WP({parts[6]},{parts[7]})L({parts[8]},{parts[9]})";
    }

    static Rational[] Numbers(MediaSideData data) =>
    [
        .. ((string?[])[data.GreenX, data.GreenY, data.BlueX, data.BlueY, data.RedX, data.RedY, data.WhitePointX, data.WhitePointY, data.MaxLuminance, data.MinLuminance]).Select(Rational.Parse),
    ];

    static string Join(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        List<string> said = [];
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                said.Add($"{name}={value}");
            }
        }

        return string.Join(':', said);
    }
}
