using System.Globalization;

namespace NLCL.Runtime;

/// <summary>
/// Puts segments together: their packets, as they are, go into one ffmpeg that adds everything else from the original.
/// NUT files can be put one behind the other: a reader passes over headers that it has seen already, and only the text that
/// opens a file must not come again.
/// </summary>
static class SegmentJoin
{
    /// <summary>Writes the output into the folder's temporary file.</summary>
    /// <returns>What the muxer said last.</returns>
    /// <exception cref="VideoException">The segments do not fit together, or the output cannot be written.</exception>
    public static string Run(EncoderPlan plan, IReadOnlyList<FinishedSegment> segments, WorkFolder folder, string input, string output, long delay, CancellationToken cancellationToken)
    {
        Check(segments, output);
        var files = segments.Select(segment => folder.SegmentPath(segment.Number)).ToList();
        var header = NutHeader.Read(files[0]);
        var offset = SegmentWriter.OffsetSeconds(Rational.Parse(segments[0].TimeBase));
        using var muxer = ChildProcess.Start(plan.Tool.Ffmpeg, plan.JoinArguments(input, folder.TemporaryPath, offset + delay));
        using var stop = cancellationToken.Register(muxer.Kill);
        try
        {
            using var target = muxer.Input;
            foreach (var file in files)
            {
                using var source = File.OpenRead(file);
                if (file != files[0])
                {
                    Expect(NutHeader.Read(file).AsSpan().SequenceEqual(header), output);
                    source.Position = NutFormat.FileId.Length;
                }

                source.CopyTo(target);
            }
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested && muxer.Exited.Wait(TimeSpan.FromSeconds(2), CancellationToken.None))
        {
            // The muxer's own words say more.
        }
        catch (IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        muxer.Exited.Wait(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return muxer.ExitCode == 0
            ? muxer.LastError is { } words ? $": {words}; {FfmpegEncoder.Remedy(words)}" : ""
            : throw new VideoException(output, $"the derained frames cannot be put together with the rest: {muxer.Ending}; {FfmpegEncoder.Remedy(muxer.Ending)}") { ConcernsOutput = true, CanGoOn = true };
    }

    // Each segment but the first knows which frame came before it.
    static void Check(IReadOnlyList<FinishedSegment> segments, string output)
    {
        for (var i = 0; i < segments.Count; i++)
        {
            var (segment, before) = (segments[i], i > 0 ? segments[i - 1] : null);
            if (segment.Before != before?.Last)
            {
                throw VideoException.Output(output, string.Create(CultureInfo.InvariantCulture, $"frames are missing before segment {segment.Number}; derain that part again with Resume"));
            }

            if (before is not null && segment.BeforeMark != before.LastMark)
            {
                throw VideoException.Output(output, string.Create(CultureInfo.InvariantCulture, $"segments {before.Number} and {segment.Number} were decoded differently; derain again with Seek off"));
            }
        }
    }

    static void Expect(bool condition, string output)
    {
        if (!condition)
        {
            throw VideoException.Output(output, "its segments were encoded by different encoders; derain again on like machines");
        }
    }
}
