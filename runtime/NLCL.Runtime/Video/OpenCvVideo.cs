using System.Diagnostics;
using System.Globalization;
using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>
/// Video files without ffmpeg. It works, and loses what OpenCV's reader and writer lose: everything but the pictures, and
/// of those the exact times and colours.
/// </summary>
sealed class OpenCvVideo(FrameNetwork network, VideoOptions options)
{
    const double AssumedRate = 25;

    /// <summary>Derains <paramref name="input"/> into the temporary file of <paramref name="target"/>.</summary>
    public VideoReport Derain(string input, string output, WorkFolder target, IProgress<VideoProgress>? progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        if (!options.AllowPlaylists && !ContainerSignature.IsSelfContained(input))
        {
            throw new VideoException(input, "refused: not a plain video file; playlists and other inputs that name further files are opened only with AllowPlaylists");
        }

        var codec = CodecFor(output);
        using var capture = new VideoCapture(input);
        if (!capture.IsOpened())
        {
            throw new VideoException(input, "OpenCV cannot read it as a video file; install ffmpeg, which reads more kinds");
        }

        var size = FrameSize(input, capture);
        var rate = capture.Fps is > 0 and < 1000 and var known ? known : AssumedRate;
        long? promised = capture.FrameCount > 0 ? capture.FrameCount : null;
        long frames;
        IReadOnlyList<VideoStage> stages;
        using (var writer = new VideoWriter(target.TemporaryPath, FourCC.FromString(codec), rate, size))
        {
            if (!writer.IsOpened())
            {
                throw VideoException.Output(output, $"OpenCV cannot write {codec} to {Path.GetExtension(output)}; write to .avi or .mp4 without a Codec, or install ffmpeg");
            }

            (frames, stages) = Run(capture, writer, input, size, promised, clock, progress, cancellationToken);
        }

        CheckInput(input, frames, promised);
        CheckOutput(target.TemporaryPath, output, frames, cancellationToken);
        return new VideoReport
        {
            Input = input,
            Output = output,
            Engine = VideoEngine.OpenCv,
            Codec = codec,
            Width = size.Width,
            Height = size.Height,
            Frames = frames,
            Elapsed = clock.Elapsed,
            Stages = stages,
            Losses =
            [
                "without ffmpeg sound, subtitles, chapters, attachments and tags are not copied",
                string.Create(CultureInfo.InvariantCulture, $"frames are written at a constant {rate:0.###} per second, whatever their times were"),
                "colours pass through 8-bit BGR by the BT.601 matrix, and colour tags are not written",
                "rotation is applied to the pixels where OpenCV knows it, and not written",
                $"the pictures are compressed anew as {codec}",
            ],
        };
    }

    (long Frames, IReadOnlyList<VideoStage> Stages) Run(
        VideoCapture capture, VideoWriter writer, string input, Size size, long? promised, Stopwatch clock, IProgress<VideoProgress>? progress, CancellationToken cancellationToken)
    {
        var (width, height) = (size.Width, size.Height);
        var frames = 0L;
        CancellationToken stopping = default;
        using var picture = new Mat();
        using var result = new Mat(height, width, MatType.CV_8UC3);
        var conversion = FrameConversion.Bgr(width, height);
        using var workers = new FrameWorkers(network, conversion, options.FramesInFlightFor(network));
        bool Next(FrameSlot slot) => Read(capture, picture, input, size, slot);
        var window = FrameWindow.For(network, Next, conversion, FrameRepeat.Farthest);
        FrameStage[] stages =
        [
            FrameStage.Single("decode", window is null ? Next : window.TryRead),
            workers.Stage(() => stopping),
            FrameStage.Single("encode", slot =>
            {
                slot.Samples.CopyTo(Samples(result));
                writer.Write(result);
                frames++;
                progress?.Report(new VideoProgress(frames, promised, clock.Elapsed));
                return true;
            }),
        ];
        using var pipeline = new FramePipeline(stages, conversion.FrameBytes, options.FramesInFlightFor(network), cancellationToken, window, network.Samples?.Allocate);
        stopping = pipeline.Stopping;
        pipeline.Run(cancellationToken);
        writer.Release();
        return (frames, pipeline.Times);
    }

    static bool Read(VideoCapture capture, Mat picture, string input, Size size, FrameSlot slot)
    {
        if (!capture.Read(picture) || picture.Empty())
        {
            return false;
        }

        if (picture.Size() != size || picture.Type() != MatType.CV_8UC3 || !picture.IsContinuous())
        {
            throw new VideoException(input, $"a frame is {picture.Width}x{picture.Height} instead of {size.Width}x{size.Height}: the picture size changes within the clip; install ffmpeg");
        }

        Samples(picture).CopyTo(slot.Samples);
        return true;
    }

    static unsafe Span<byte> Samples(Mat picture) => new(picture.DataPointer, checked(picture.Width * picture.Height * 3));

    Size FrameSize(string input, VideoCapture capture)
    {
        var size = new Size(capture.FrameWidth, capture.FrameHeight);
        return size.Width < 1 || size.Height < 1
            ? throw new VideoException(input, "its header does not say how large a frame is; the file is damaged")
            : (long)size.Width * size.Height > options.MaxFramePixels
            ? throw new VideoException(input, string.Create(CultureInfo.InvariantCulture, $"frames of {size.Width}x{size.Height} exceed the limit of {options.MaxFramePixels} pixels; raise MaxFramePixels if you trust the file"))
            : size;
    }

    string CodecFor(string output) =>
        options.Codec is { Length: 4 } asked ? asked
        : options.Codec is not null ? throw VideoException.Output(output, $"codec {options.Codec} needs ffmpeg, which is not installed; OpenCV takes four-character codes such as MJPG")
        : Path.GetExtension(output).ToLowerInvariant() is ".mp4" or ".m4v" or ".mov" ? "mp4v" : "MJPG";

    void CheckInput(string input, long frames, long? promised)
    {
        if (frames == 0)
        {
            throw new VideoException(input, "no frame could be decoded; install ffmpeg, which reads more kinds");
        }

        if (frames < promised - 2 && !options.AllowDamagedInput)
        {
            throw new VideoException(input, string.Create(CultureInfo.InvariantCulture, $"ends early: {frames} of {promised} frames could be read; fetch the file again, or set AllowDamagedInput to keep what there is"));
        }
    }

    // OpenCV's writer reports nothing, not even a full disk.
    static void CheckOutput(string path, string output, long frames, CancellationToken cancellationToken)
    {
        using var written = new VideoCapture(path);
        var found = 0L;
        while (written.IsOpened() && written.Grab())
        {
            cancellationToken.ThrowIfCancellationRequested();
            found++;
        }

        if (found != frames)
        {
            throw VideoException.Output(output, string.Create(CultureInfo.InvariantCulture, $"{found} frames were written instead of {frames}; free some space in the output folder, or install ffmpeg"));
        }
    }
}
