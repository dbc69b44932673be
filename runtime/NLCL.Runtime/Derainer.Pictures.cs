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
        var order = OrderOf(rainy);
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

    static ChannelOrder OrderOf(Mat picture)
    {
        var depth = picture.Depth() is MatType.CV_8U or MatType.CV_16U or MatType.CV_32F;
        var layout = (picture.Channels(), picture.Empty() || picture.Dims != 2 || !depth) switch
        {
            (1, false) => PackedLayout.Grey,
            (3, false) => PackedLayout.Bgr,
            (4, false) => PackedLayout.Bgra,
            _ => throw new ArgumentException(
                $"A picture is 8-bit, 16-bit or float with 1, 3 or 4 channels, not {picture.Type()} of {picture.Cols} x {picture.Rows}.", nameof(picture)),
        };
        return ChannelOrder.Of(layout);
    }
}
