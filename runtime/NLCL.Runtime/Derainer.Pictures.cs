using OpenCvSharp;

namespace NLCL.Runtime;

public sealed partial class Derainer
{
    /// <summary>
    /// Derains a picture. 8-bit, 16-bit or float (0..1), with one channel (taken as grey, given back as grey), three (BGR) or
    /// four (BGR and an alpha that stays as it is).
    /// </summary>
    /// <remarks>The result is a new Mat of the same size and type, which the caller owns; the input is left alone.</remarks>
    /// <exception cref="ArgumentException">The picture is empty or of another type.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Mat Derain(Mat rainy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rainy);
        var order = PictureType.OrderOf(rainy);
        // Cloned for its alpha; otherwise every value will be written.
        var background = order.Channels == 4 ? rainy.Clone() : new Mat(rainy.Rows, rainy.Cols, rainy.Type());
        try
        {
            switch (rainy.Depth())
            {
                case MatType.CV_8U: Derain<byte>(rainy, background, order, cancellationToken); break;
                case MatType.CV_16U: Derain<ushort>(rainy, background, order, cancellationToken); break;
                default: Derain<float>(rainy, background, order, cancellationToken); break;
            }
            return background;
        }
        catch
        {
            background.Dispose();
            throw;
        }
    }

    /// <summary><see cref="Derain(Mat, CancellationToken)"/> on a pool thread. Leave the picture alone until the task ends.</summary>
    public Task<Mat> DerainAsync(Mat rainy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rainy);
        return Task.Run(() => Derain(rainy, cancellationToken), cancellationToken);
    }

    void Derain<T>(Mat rainy, Mat background, ChannelOrder order, CancellationToken cancellationToken)
        where T : unmanaged
    {
        var grid = GridFor(rainy.Cols, rainy.Rows);
        Run(new MatPixels<T>(rainy, order), new MatPixels<T>(background, order), grid, cancellationToken);
        GC.KeepAlive(rainy);
    }
}
