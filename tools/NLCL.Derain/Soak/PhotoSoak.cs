using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>Photos of every format in turn: read, derained, written over the last one.</summary>
static class PhotoSoak
{
    static readonly string[] s_extensions = [".png", ".jpg", ".tif", ".webp", ".bmp"];

    public static SoakResult Run(string model, DerainerOptions options, FrameSize size, int photos, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nlcl-soak-");
        try
        {
            using (Mat scene = TestScene.Draw(size.Width, size.Height, 1))
            {
                foreach (string extension in s_extensions) { PictureFile.Write(Path.Combine(folder.FullName, "rainy" + extension), scene); }
            }
            using Derainer derainer = Derainer.Open(model, options);
            ProcessWatch watch = new(photos);
            for (int photo = 1; photo <= photos; photo++)
            {
                cancellation.ThrowIfCancellationRequested();
                string extension = s_extensions[photo % s_extensions.Length];
                string rainy = Path.Combine(folder.FullName, "rainy" + extension);
                using Mat picture = PictureFile.Read(rainy);
                using Mat background = derainer.Derain(picture, cancellation);
                PictureFile.Write(Path.Combine(folder.FullName, "clear" + extension), background, new PictureWriteOptions { Overwrite = true, MetadataFrom = rainy });
                watch.Done(photo);
            }
            return watch.Judge($"photos {size}", "photos");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
