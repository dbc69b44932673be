using System.Text;

namespace NLCL.Runtime;

/// <summary>Frames from a YUV4MPEG2 stream, such as standard input.</summary>
sealed class Y4mReader : IFrameSource
{
    // Longer than any header that means well.
    const int LongestLine = 4096;

    readonly Stream _input;
    readonly string _name;

    /// <summary>Reads the header.</summary>
    /// <param name="input">Stays the caller's.</param>
    /// <param name="name">For messages.</param>
    /// <exception cref="VideoException">The stream is empty, or no YUV4MPEG2 that can be processed.</exception>
    public Y4mReader(Stream input, string name)
    {
        (_input, _name) = (input, name);
        Header = Y4mHeader.Parse(Line() ?? throw new VideoException(name, "is empty"), name);
        var (video, rate) = (Header.Video, Header.Video.FrameRate);
        Format = new NutVideoFormat(FourCcFor(video.PixelFormat!), video.Width, video.Height, (int)video.Aspect.Numerator, (int)video.Aspect.Denominator, new Rational(rate.Denominator, rate.Numerator));
    }

    /// <summary>What the first line says.</summary>
    public Y4mHeader Header { get; }

    /// <inheritdoc/>
    public NutVideoFormat Format { get; }

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public long Frames { get; private set; }

    /// <inheritdoc/>
    public string? Complaint => null;

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot)
    {
        if (Line() is not { } line)
        {
            return Frames > 0 ? false : throw new VideoException(_name, "holds no frame");
        }

        if (line != "FRAME" && !line.StartsWith("FRAME ", StringComparison.Ordinal))
        {
            throw new VideoException(_name, $"is damaged after {Frames} frames: a frame does not begin where it must");
        }

        try
        {
            _input.ReadExactly(slot.Samples);
        }
        catch (EndOfStreamException e)
        {
            throw new VideoException(_name, $"is cut off in frame {Frames + 1}", e);
        }

        slot.Pts = Frames++;
        return true;
    }

    /// <summary>Nothing: whoever waits for standard input waits for the program that writes it.</summary>
    public void Kill()
    {
    }

    public void Dispose()
    {
    }

    string? Line()
    {
        var text = new StringBuilder();
        for (var value = _input.ReadByte(); value != '\n'; value = _input.ReadByte())
        {
            if (value < 0)
            {
                return text.Length == 0 ? null : throw new VideoException(_name, "is cut off in a header");
            }

            text.Append((char)value);
            if (text.Length > LongestLine)
            {
                throw new VideoException(_name, "is no YUV4MPEG2 stream: a header does not end");
            }
        }

        return text.ToString();
    }

    // As ffmpeg names the layouts in NUT; the deeper ones by planes, sampling and bits.
    static byte[] FourCcFor(string format) => format switch
    {
        "yuv420p" => "I420"u8.ToArray(),
        "yuv422p" => "Y42B"u8.ToArray(),
        "yuv444p" => "444P"u8.ToArray(),
        "yuv420p10le" => [(byte)'Y', (byte)'3', 11, 10],
        "yuv422p10le" => [(byte)'Y', (byte)'3', 10, 10],
        "yuv444p10le" => [(byte)'Y', (byte)'3', 0, 10],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no such layout"),
    };
}
