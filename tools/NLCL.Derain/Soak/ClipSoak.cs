using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>A long clip through the whole path: ffmpeg decodes, the network derains, ffmpeg encodes.</summary>
static class ClipSoak
{
    public static SoakResult Run(string model, DerainerOptions options, FrameSize size, int frames, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nlcl-soak-");
        try
        {
            string clip = Path.Combine(folder.FullName, "rainy.mkv");
            TestClip.Make(clip, size, frames, cancellation);
            using Derainer derainer = Derainer.Open(model, options);
            ProcessWatch watch = new(frames);
            new VideoDerainer(derainer, new VideoOptions { Preset = "ultrafast" })
                .Derain(clip, Path.Combine(folder.FullName, "clear.mkv"), new Relay(watch), cancellation);
            return watch.Judge($"clip {size}", "frames");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    sealed class Relay(ProcessWatch watch) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value) => watch.Done(value.FramesDone);
    }
}
