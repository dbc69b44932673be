using System.Globalization;
using System.Text.Json.Serialization;

namespace NLCL.Runtime;

/// <summary>One stream of a media file, as ffprobe describes it.</summary>
/// <remarks>Setters, because the generated reader gives init-only properties null where the file says nothing.</remarks>
sealed record MediaStream
{
    public int Index { get; set; }
    public string CodecType { get; set; } = "unknown";
    public string CodecName { get; set; } = "unknown";
    public string CodecTagString { get; set; } = "";
    public int Width { get; set; }
    public int Height { get; set; }
    [JsonPropertyName("pix_fmt")] public string? PixelFormat { get; set; }
    public string? SampleAspectRatio { get; set; }
    public string? ColorRange { get; set; }
    public string? ColorSpace { get; set; }
    public string? ColorTransfer { get; set; }
    public string? ColorPrimaries { get; set; }
    public string? ChromaLocation { get; set; }
    public string? FieldOrder { get; set; }
    public string? RFrameRate { get; set; }
    public string? AvgFrameRate { get; set; }
    public string? TimeBase { get; set; }
    public double? StartTime { get; set; }
    public double? Duration { get; set; }
    public long? NbFrames { get; set; }
    public long? NbReadPackets { get; set; }
    public Dictionary<string, int> Disposition { get; set; } = [];
    public Dictionary<string, string> Tags { get; set; } = [];
    public List<MediaSideData> SideDataList { get; set; } = [];

    public bool IsVideo => CodecType == "video" && !IsAttachedPicture;
    public bool IsAttachedPicture => CodecType == "video" && Has("attached_pic");
    public Rational Tick => Rational.Parse(TimeBase);
    public Rational FrameRate => Rational.Parse(AvgFrameRate) is { IsKnown: true } average ? average : Rational.Parse(RFrameRate);
    public Rational Aspect => Rational.Parse(SampleAspectRatio);

    /// <summary>Bits of a sample that the format name tells; 8 when it tells nothing.</summary>
    public int BitDepth => PixelFormat is { } name && Array.Find([9, 10, 12, 14, 16], bits => name.Contains("p" + bits.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)) is var found and > 0 ? found : 8;

    /// <summary>Pixels say how transparent they are. A VP9 file holds that in a second picture, which decoders pass over.</summary>
    public bool HasAlpha =>
        Tag("alpha_mode") == "1" || PixelFormat is { } name && Array.Exists(["yuva", "gbrap", "rgba", "bgra", "argb", "abgr", "ya8", "ya16"], start => name.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Degrees, counter-clockwise, that a player turns the picture by (the display matrix); 0 when none.</summary>
    public double Rotation => SideDataList.Find(data => data.Rotation is not null)?.Rotation ?? 0;

    /// <summary>How a player turns, mirrors and moves the picture: nine fixed-point numbers; null when it does not.</summary>
    [JsonIgnore]
    public int[]? DisplayMatrix => SideDataList.Find(data => data.Matrix is not null)?.Matrix;

    /// <summary>The display matrix mirrors the picture.</summary>
    public bool IsMirrored => DisplayMatrix is { } m && (double)m[0] * m[4] - (double)m[1] * m[3] < 0;

    /// <summary>tff or bff for interlaced material, else null.</summary>
    public string? FieldMode => FieldOrder switch { "tt" or "bt" => "tff", "bb" or "tb" => "bff", _ => null };

    /// <summary>Dispositions as ffmpeg's -disposition takes them: "default+forced", or "0" for none.</summary>
    public string Dispositions => Disposition.Where(flag => flag.Value != 0).Select(flag => flag.Key).ToList() is { Count: > 0 } set ? string.Join('+', set) : "0";

    /// <summary>Length in seconds, from the header or from Matroska's tag; null when neither says.</summary>
    public double? Seconds => Duration ?? (Tag("DURATION") is { } text && TimeSpan.TryParse(text.Length > 16 ? text[..16] : text, CultureInfo.InvariantCulture, out var tagged) ? tagged.TotalSeconds : null);

    public bool Has(string disposition) => Disposition.GetValueOrDefault(disposition) != 0;

    public string? Tag(string name) => Tags.FirstOrDefault(tag => tag.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>Something that goes with a stream: display matrix, mastering display, Dolby Vision record, …</summary>
sealed record MediaSideData
{
    public string SideDataType { get; set; } = "";
    public double? Rotation { get; set; }

    // Fractions, "34000/50000"; see HdrMetadata.
    public string? RedX { get; set; }
    public string? RedY { get; set; }
    public string? GreenX { get; set; }
    public string? GreenY { get; set; }
    public string? BlueX { get; set; }
    public string? BlueY { get; set; }
    public string? WhitePointX { get; set; }
    public string? WhitePointY { get; set; }
    public string? MinLuminance { get; set; }
    public string? MaxLuminance { get; set; }
    public int MaxContent { get; set; }
    public int MaxAverage { get; set; }

    /// <summary>Nine fixed-point numbers in three lines, each line after an address: "00000000: 65536 0 0".</summary>
    [JsonPropertyName("displaymatrix")] public string? DisplayMatrix { get; set; }

    /// <summary>The nine numbers in order, as ffmpeg and MP4 keep them; null when there is no matrix.</summary>
    [JsonIgnore]
    public int[]? Matrix
    {
        get
        {
            var numbers = (DisplayMatrix ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
            return numbers.Length == 9 ? numbers : null;
        }
    }
}
