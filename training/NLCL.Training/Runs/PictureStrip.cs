using NLCL.Runtime;
using OpenCvSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Writes a picture to look at: for a few rainy pictures, one row each of rainy, background, and rain around grey.</summary>
static class PictureStrip
{
    const int LargestWidth = 480;
    const int LargestHeight = 320;

    public static void Write(string path, IDerainer network, IReadOnlyList<Mat> rainyPictures, Device device)
    {
        using Mat strip = new(LargestHeight * rainyPictures.Count, 3 * LargestWidth, MatType.CV_8UC3, Scalar.All(0));
        for (int row = 0; row < rainyPictures.Count; row++)
        {
            Mat whole = rainyPictures[row];
            using Mat rainy = new(whole, new Rect(0, 0, Math.Min(whole.Width, LargestWidth), Math.Min(whole.Height, LargestHeight)));
            (Mat background, Mat rain) = WholePicture.Split(network, rainy, device);
            using (background)
            using (rain)
            {
                Put(rainy, strip, row, 0);
                Put(background, strip, row, 1);
                Put(rain, strip, row, 2);
            }
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        PictureFile.Write(path, strip, new PictureWriteOptions { Overwrite = true });
    }

    static void Put(Mat picture, Mat strip, int row, int column)
    {
        using Mat place = new(strip, new Rect(column * LargestWidth, row * LargestHeight, picture.Width, picture.Height));
        picture.CopyTo(place);
    }
}
