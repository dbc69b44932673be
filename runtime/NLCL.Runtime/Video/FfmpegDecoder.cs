using System.Globalization;

namespace NLCL.Runtime;

/// <summary>An ffmpeg that turns the video stream of a file into raw frames with their timestamps.</summary>
sealed class FfmpegDecoder : IFrameSource
{
    readonly string _path;
    readonly MediaInfo _source;
    readonly VideoOptions _options;
    readonly ChildProcess _child;
    readonly NutReader _reader;
    readonly bool _jumped;
    long _lastPts = -1;

    FfmpegDecoder(string path, MediaInfo source, VideoOptions options, ChildProcess child, bool jumped)
    {
        _jumped = jumped;
        _path = path;
        _source = source;
        _options = options;
        _child = child;
        _reader = new NutReader(child.Output);
    }

    /// <summary>Format of the frames; known after the first one.</summary>
    public NutVideoFormat Format => _reader.Format;

    /// <summary>Frames read so far.</summary>
    public long Frames { get; private set; }

    /// <summary>What the decoder complained about, in one line; null when all went well.</summary>
    public string? Complaint { get; private set; }

    /// <param name="plan">What is decoded, and to what.</param>
    /// <param name="path">The file.</param>
    /// <param name="delaySeconds">Moves all times, to keep them from being negative.</param>
    /// <param name="jumpSeconds">Begin with the first frame at or after this time, counted from the file's start; 0: with the first one.</param>
    public static FfmpegDecoder Start(EncoderPlan plan, string path, long delaySeconds, double jumpSeconds = 0) =>
        new(path, plan.Source, plan.Options, ChildProcess.Start(plan.Tool.Ffmpeg, Arguments(plan, path, delaySeconds, jumpSeconds)), jumpSeconds > 0);

    /// <summary>Reads the next frame.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="VideoException">The decoder failed, or the file is damaged.</exception>
    public bool TryRead(FrameSlot slot)
    {
        try
        {
            if (_reader.TryRead(slot.Samples, out var pts))
            {
                // Two frames at one time would make the encoder drop one.
                _lastPts = slot.Pts = Math.Max(pts, _lastPts + 1);
                Frames++;
                return true;
            }
        }
        catch (EndOfStreamException)
        {
            // The exit status and the last error below say why.
        }
        catch (InvalidDataException e)
        {
            throw new VideoException(_path, e.Message, e);
        }

        CheckEnd();
        return false;
    }

    public void Kill() => _child.Kill();

    public void Dispose() => _child.Dispose();

    static IEnumerable<string> Arguments(EncoderPlan plan, string path, long delaySeconds, double jumpSeconds)
    {
        var (video, layout) = (plan.Source.Video!, plan.Layout);
        // -copyts: times as they stand in the file, so that sound, which is copied, keeps its distance to the picture.
        List<string> arguments = ["-v", "error", "-nostdin", "-copyts", "-noautorotate", .. InputArguments.Limit(plan.Options.MaxFramePixels)];
        if (delaySeconds > 0)
        {
            arguments.AddRange(["-itsoffset", delaySeconds.ToString(CultureInfo.InvariantCulture)]);
        }

        if (jumpSeconds > 0)
        {
            arguments.AddRange(["-ss", jumpSeconds.ToString("0.000000", CultureInfo.InvariantCulture)]);
        }

        arguments.AddRange(plan.Hardware.DecoderArguments);
        arguments.AddRange(InputArguments.For(path, plan.Options.AllowPlaylists));
        arguments.AddRange(["-map", string.Create(CultureInfo.InvariantCulture, $"0:{video.Index}"), .. plan.Tool.PassEveryFrame]);
        if (layout.Convert)
        {
            var range = layout.Format.Range == YuvRange.Full ? "pc" : "tv";
            var colour = FrameLayout.IsRgb(video.PixelFormat!) ? "out_color_matrix=bt709:out_range=tv" : $"in_range={range}:out_range={range}";
            arguments.AddRange(["-vf", $"scale={colour}:flags=bicubic+accurate_rnd+full_chroma_int", "-pix_fmt", layout.PixelFormat]);
        }
        else if (plan.Hardware.Decodes)
        {
            // Frames come back from the GPU with interleaved chroma; the samples are the same.
            arguments.AddRange(["-pix_fmt", layout.PixelFormat]);
        }

        // Without a time base of its own an encoder counts in frames, and the times of a variable frame rate are lost.
        if (video.Tick.IsKnown)
        {
            arguments.AddRange(["-enc_time_base", video.Tick.ToString()]);
        }

        return [.. arguments, "-c:v", "rawvideo", "-f", "nut", "pipe:1"];
    }

    void CheckEnd()
    {
        _child.Exited.Wait();
        if (_child.ExitCode != 0)
        {
            throw new VideoException(_path, $"decoding stopped after {Frames} frames: {_child.Ending}; check that the file plays to its end") { CanGoOn = _child.ExitCode > 128 };
        }

        if (Frames == 0 && !_jumped)
        {
            throw new VideoException(_path, $"no frame could be decoded: {_child.LastError ?? "the video stream is empty"}");
        }

        if (_child.ErrorCount > 0)
        {
            CheckDamage();
        }
    }

    // Broadcast recordings begin with frames that cannot be decoded, and that is normal; an early end is not.
    void CheckDamage()
    {
        if (EndsEarly(out var found, out var promised) && !_options.AllowDamagedInput)
        {
            throw new VideoException(
                _path,
                $"ends early: {found} of {promised} could be read ({_child.FirstError}); fetch the file again, or set AllowDamagedInput to keep what there is");
        }

        Complaint = string.Create(CultureInfo.InvariantCulture, $"the input is damaged: the decoder reported {_child.ErrorCount} errors, first: {_child.FirstError}");
    }

    bool EndsEarly(out string found, out string promised)
    {
        var video = _source.Video!;
        if (video.NbFrames is > 0 and var frames && !_jumped)
        {
            found = string.Create(CultureInfo.InvariantCulture, $"{Frames}");
            promised = string.Create(CultureInfo.InvariantCulture, $"{frames} frames");
            return Frames < frames - 2;
        }

        var length = video.Seconds ?? _source.Format.Duration ?? 0;
        var frame = video.FrameRate.IsKnown ? 1 / video.FrameRate.Value : 0.1;
        var end = _lastPts * Format.TimeBase.Value - Math.Max(0, _source.Format.StartTime ?? 0) + frame;
        found = string.Create(CultureInfo.InvariantCulture, $"{end:0.0} s");
        promised = string.Create(CultureInfo.InvariantCulture, $"{length:0.0} s");
        return end < length - 2 * frame - 0.1;
    }
}
