namespace NLCL.Runtime;

/// <summary>How a player turns frames that were stored on their side.</summary>
enum FrameTurn
{
    /// <summary>Not, or by half a turn.</summary>
    None,

    /// <summary>Counter-clockwise.</summary>
    Left,

    /// <summary>Clockwise.</summary>
    Right,
}

/// <summary>The raw frames between decoder and encoder, chosen for one video stream.</summary>
/// <param name="Format">Sizes, matrix and range of the frames.</param>
/// <param name="PixelFormat">ffmpeg's name of the layout.</param>
/// <param name="Convert">The decoder must convert, because the source has another layout.</param>
/// <param name="Loss">What the conversion loses, or null.</param>
/// <param name="Filter">What the encoder must do to the frames first, where they are not YUV; else null.</param>
/// <param name="IsPq">Their values are along PQ, see <see cref="PqCurve"/>.</param>
/// <param name="Turn">How a player turns them.</param>
/// <param name="HasFields">They are interlaced, see <see cref="FieldRows"/>.</param>
sealed record FrameLayout(YuvFormat Format, string PixelFormat, bool Convert, string? Loss, string? Filter = null, bool IsPq = false, FrameTurn Turn = FrameTurn.None, bool HasFields = false)
{
    // The same samples in another order: nothing is lost by unpacking them.
    static readonly Dictionary<string, string> s_repacked = new(StringComparer.Ordinal)
    {
        ["nv12"] = "yuv420p",
        ["nv21"] = "yuv420p",
        ["nv16"] = "yuv422p",
        ["nv24"] = "yuv444p",
        ["nv42"] = "yuv444p",
        ["yuyv422"] = "yuv422p",
        ["uyvy422"] = "yuv422p",
        ["yvyu422"] = "yuv422p",
        ["p010le"] = "yuv420p10le",
        ["p210le"] = "yuv422p10le",
        ["p410le"] = "yuv444p10le",
        ["yuv420p10be"] = "yuv420p10le",
        ["yuv422p10be"] = "yuv422p10le",
        ["yuv444p10be"] = "yuv444p10le",
        ["gray"] = "yuv420p",
        ["gray10le"] = "yuv420p10le",
    };

    /// <summary>The source has RGB samples; they become BT.709 YUV.</summary>
    public static bool IsRgb(string pixelFormat) =>
        Array.Exists(["rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "pal8", "x2rgb", "x2bgr", "bayer"], name => pixelFormat.StartsWith(name, StringComparison.Ordinal));

    /// <summary>The layout for a video stream: its own where possible, else the nearest.</summary>
    public static FrameLayout For(MediaStream video)
    {
        var source = video.PixelFormat ?? "unknown";
        if (Exact(source) is { } own)
        {
            return Of(video, own, source, false, video.HasAlpha ? "its transparency (alpha) is left out" : null);
        }

        var repacked = s_repacked.TryGetValue(source, out var nearest);
        nearest ??= Chroma(source) + (IsDeep(source) ? "10le" : "");
        var loss = repacked ? null : $"pixel format {source} is processed and written as {nearest}{(video.HasAlpha ? ", without its transparency (alpha)" : "")}";
        return Of(video, Exact(nearest)!.Value, nearest, true, loss);
    }

    /// <summary>The layout of raw frames that come with nothing but its name.</summary>
    /// <returns>Null for a layout that is not processed.</returns>
    public static FrameLayout? ForRaw(MediaStream video) => Exact(video.PixelFormat ?? "") is { } own ? Of(video, own, video.PixelFormat!, false, null) : null;

    // Upside down rain falls as well.
    static FrameTurn TurnOf(MediaStream video) => (int)Math.Round(((video.Rotation % 360) + 360) % 360) switch
    {
        90 => FrameTurn.Left,
        270 => FrameTurn.Right,
        _ => FrameTurn.None,
    };

    static FrameLayout Of(MediaStream video, (ChromaSampling Sampling, int Bits) samples, string pixelFormat, bool convert, string? loss) => new(
        new YuvFormat(video.Width, video.Height, samples.Sampling, samples.Bits, MatrixOf(video), RangeOf(video)), pixelFormat, convert, loss,
        IsPq: video.ColorTransfer == "smpte2084", Turn: TurnOf(video), HasFields: video.FieldMode is not null);

    static (ChromaSampling Sampling, int Bits)? Exact(string name) => name switch
    {
        "yuv420p" or "yuvj420p" => (ChromaSampling.Yuv420, 8),
        "yuv422p" or "yuvj422p" => (ChromaSampling.Yuv422, 8),
        "yuv444p" or "yuvj444p" => (ChromaSampling.Yuv444, 8),
        "yuv420p10le" => (ChromaSampling.Yuv420, 10),
        "yuv422p10le" => (ChromaSampling.Yuv422, 10),
        "yuv444p10le" => (ChromaSampling.Yuv444, 10),
        _ => null,
    };

    // Players guess an unnamed matrix by the size, and so do we.
    static YuvMatrix MatrixOf(MediaStream video) => video.ColorSpace switch
    {
        "bt709" or "gbr" => YuvMatrix.Bt709,
        "bt2020nc" or "bt2020c" => YuvMatrix.Bt2020,
        "smpte170m" or "bt470bg" or "fcc" or "smpte240m" => YuvMatrix.Bt601,
        _ when IsRgb(video.PixelFormat ?? "") || video.ColorPrimaries == "bt709" => YuvMatrix.Bt709,
        _ when video.ColorPrimaries == "bt2020" => YuvMatrix.Bt2020,
        _ => video.Width >= 1280 || video.Height > 576 ? YuvMatrix.Bt709 : YuvMatrix.Bt601,
    };

    static YuvRange RangeOf(MediaStream video)
    {
        var name = video.PixelFormat ?? "";
        return !IsRgb(name) && (video.ColorRange == "pc" || name.StartsWith("yuvj", StringComparison.Ordinal)) ? YuvRange.Full : YuvRange.Limited;
    }

    // 4:1:1 has a quarter of the width: 4:2:2 keeps all of it; 4:1:0 in 4:2:0 and 4:4:0 in 4:4:4 likewise.
    static string Chroma(string name)
    {
        bool Any(params ReadOnlySpan<string> parts)
        {
            foreach (var part in parts)
            {
                if (name.Contains(part, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }

        return Any("420", "410", "gray", "mono", "nv12", "nv21", "p01") || name.StartsWith("ya", StringComparison.Ordinal) ? "yuv420p"
            : Any("422", "411", "nv16", "nv20", "p21", "y210", "y212") ? "yuv422p"
            : "yuv444p";
    }

    // "le" and "be" end the names of samples that take two bytes; packed 15 and 16-bit RGB end so too.
    static bool IsDeep(string name) =>
        (name.EndsWith("le", StringComparison.Ordinal) || name.EndsWith("be", StringComparison.Ordinal))
        && !Array.Exists(["444le", "444be", "555le", "555be", "565le", "565be"], shallow => name.EndsWith(shallow, StringComparison.Ordinal));
}
