using OpenCvSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>A picture to look at: for a few rainy pictures, one row each of rainy, background, and rain around grey.</summary>
static class PictureStrip
{
    const int LargestWidth = 480;
    const int LargestHeight = 320;

    /// <summary>Draws it.</summary>
    /// <returns>A PNG file's bytes, and the size of its picture.</returns>
    public static (byte[] Png, OpenCvSharp.Size Size) Draw(IDerainer network, IReadOnlyList<Mat> rainyPictures, Device device)
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
        return (strip.ImEncode(".png"), strip.Size());
    }

    static void Put(Mat picture, Mat strip, int row, int column)
    {
        using Mat place = new(strip, new Rect(column * LargestWidth, row * LargestHeight, picture.Width, picture.Height));
        picture.CopyTo(place);
    }
}
