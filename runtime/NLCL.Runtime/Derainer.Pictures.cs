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
        PictureType.OrderOf(rainy ?? throw new ArgumentNullException(nameof(rainy)));
        var background = new Mat(rainy.Rows, rainy.Cols, rainy.Type());
        try
        {
            Derain(rainy, background, cancellationToken);
            return background;
        }
        catch
        {
            background.Dispose();
            throw;
        }
    }

    /// <summary>Derains a picture into a Mat that the caller has, which may be the picture itself.</summary>
    /// <param name="rainy">As for <see cref="Derain(Mat, CancellationToken)"/>.</param>
    /// <param name="background">Gets the size and type of <paramref name="rainy"/>; where it has them, its memory is written in place.</param>
    /// <param name="cancellationToken">Stops the run; the background is then undefined.</param>
    /// <exception cref="ArgumentException">The picture is empty or of another type.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Derain(Mat rainy, Mat background, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rainy);
        ArgumentNullException.ThrowIfNull(background);
        PictureType.OrderOf(rainy);
        if (!PictureType.AreAlike(rainy, background))
        {
            background.Create(rainy.Rows, rainy.Cols, rainy.Type());
        }
        var (from, to) = (MatRows.Of(rainy), MatRows.Of(background));
        var inPlace = from == to;
        using var copy = !inPlace && PictureType.Overlap(rainy, background) ? rainy.Clone() : null;
        from = copy is null ? from : MatRows.Of(copy);
        DerainAlike(copy ?? rainy, new ReadOnlySpan<MatRows>(in from), background, new ReadOnlySpan<MatRows>(in to), inPlace, cancellationToken);
        GC.KeepAlive(rainy);
        GC.KeepAlive(background);
    }

    /// <summary>
    /// Derains one frame of a clip. A model that sees neighbours (<see cref="ModelContract.Frames"/>) makes use of them; any other
    /// looks at the frame alone.
    /// </summary>
    /// <param name="previous">The frame before; where there is none, the frame itself.</param>
    /// <param name="rainy">The frame itself, as for <see cref="Derain(Mat, CancellationToken)"/>.</param>
    /// <param name="next">The frame after; where there is none, the frame itself.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>The frame's background: a new Mat of the same size and type, which the caller owns.</returns>
    /// <exception cref="ArgumentException">A frame is empty, or of another size or type than the others or than pictures have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Mat Derain(Mat previous, Mat rainy, Mat next, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(rainy);
        ArgumentNullException.ThrowIfNull(next);
        PictureType.OrderOf(rainy);
        if (!PictureType.AreAlike(previous, rainy) || !PictureType.AreAlike(next, rainy))
        {
            throw new ArgumentException("A frame and its neighbours are of one size and type.");
        }
        if (Contract.Frames == 1)
        {
            return Derain(rainy, cancellationToken);
        }
        var background = new Mat(rainy.Rows, rainy.Cols, rainy.Type());
        try
        {
            var to = MatRows.Of(background);
            DerainAlike(rainy, [MatRows.Of(previous), MatRows.Of(rainy), MatRows.Of(next)], background, new ReadOnlySpan<MatRows>(in to), inPlace: false, cancellationToken);
            GC.KeepAlive(previous);
            GC.KeepAlive(rainy);
            GC.KeepAlive(next);
            return background;
        }
        catch
        {
            background.Dispose();
            throw;
        }
    }

    /// <summary>Derains pictures of one size and type, as many at once as the model takes and the options allow.</summary>
    /// <returns>New Mats in the same order, which the caller owns.</returns>
    /// <exception cref="ArgumentException">There is none, or one is empty, or of another size or type than the first.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<Mat> Derain(IReadOnlyList<Mat> rainy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rainy);
        if (rainy.Count == 0 || rainy.Any(picture => picture is null || !PictureType.AreAlike(picture, rainy[0])))
        {
            throw new ArgumentException("A batch has one picture or more, all of one size and type.", nameof(rainy));
        }
        PictureType.OrderOf(rainy[0]);
        var backgrounds = rainy.Select(picture => new Mat(picture.Rows, picture.Cols, picture.Type())).ToArray();
        try
        {
            for (var i = 0; i < rainy.Count && rainy[i].Channels() == 4; i++)
            {
                rainy[i].CopyTo(backgrounds[i]);
            }
            DerainAlike(rainy[0], [.. rainy.Select(MatRows.Of)], null, [.. backgrounds.Select(MatRows.Of)], inPlace: false, cancellationToken);
            GC.KeepAlive(rainy);
            return backgrounds;
        }
        catch
        {
            Array.ForEach(backgrounds, background => background.Dispose());
            throw;
        }
    }

    /// <summary><see cref="Derain(Mat, CancellationToken)"/> on a pool thread. Leave the picture alone until the task ends.</summary>
    public Task<Mat> DerainAsync(Mat rainy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rainy);
        return Task.Run(() => Derain(rainy, cancellationToken), cancellationToken);
    }

    /// <summary><see cref="Derain(Mat, Mat, CancellationToken)"/> on a pool thread. Leave both Mats alone until the task ends.</summary>
    public Task DerainAsync(Mat rainy, Mat background, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rainy);
        ArgumentNullException.ThrowIfNull(background);
        return Task.Run(() => Derain(rainy, background, cancellationToken), cancellationToken);
    }

    /// <summary><see cref="Derain(IReadOnlyList{Mat}, CancellationToken)"/> on a pool thread. Leave the pictures alone until the task ends.</summary>
    public Task<IReadOnlyList<Mat>> DerainAsync(IReadOnlyList<Mat> rainy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rainy);
        return Task.Run(() => Derain(rainy, cancellationToken), cancellationToken);
    }

    /// <param name="like">Any of the rainy pictures.</param>
    /// <param name="rainy">Where they lie; three for one result are that frame between its neighbours.</param>
    /// <param name="alphaTo">Gets the alpha of <paramref name="like"/> first; null where that is done.</param>
    /// <param name="backgrounds">Where the results lie.</param>
    /// <param name="inPlace">They lie in the same place.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    void DerainAlike(Mat like, ReadOnlySpan<MatRows> rainy, Mat? alphaTo, ReadOnlySpan<MatRows> backgrounds, bool inPlace, CancellationToken cancellationToken)
    {
        var order = PictureType.OrderOf(like);
        if (order.Channels == 4 && !inPlace && alphaTo is not null)
        {
            like.CopyTo(alphaTo);
        }
        switch (like.Depth())
        {
            case MatType.CV_8U: DerainAlike<byte>(like, rainy, backgrounds, order, inPlace, cancellationToken); break;
            case MatType.CV_16U: DerainAlike<ushort>(like, rainy, backgrounds, order, inPlace, cancellationToken); break;
            default: DerainAlike<float>(like, rainy, backgrounds, order, inPlace, cancellationToken); break;
        }
    }

    void DerainAlike<T>(Mat like, ReadOnlySpan<MatRows> rainy, ReadOnlySpan<MatRows> backgrounds, ChannelOrder order, bool inPlace, CancellationToken cancellationToken)
        where T : unmanaged
    {
        Mat? copy = null;
        try
        {
            var done = typeof(T) == typeof(byte) && order.Channels == 3 && rainy.Length == backgrounds.Length ? DerainSamples(like, rainy, backgrounds, cancellationToken) : 0;
            if (done == backgrounds.Length)
            {
                return;
            }
            bool finished;
            do
            {
                var grid = GridFor(like.Cols, like.Rows);
                if (inPlace && grid.Count > 1 && copy is null)
                {
                    copy = like.Clone();
                }
                var kept = copy is null ? default : MatRows.Of(copy);
                var source = copy is null ? rainy : new ReadOnlySpan<MatRows>(in kept);
                finished = TryRun(new MatPixels<T>(source, order, source.Length / backgrounds.Length), new MatPixels<T>(backgrounds, order), grid, backgrounds.Length, ref done, cancellationToken);
            }
            while (!finished);
        }
        finally
        {
            copy?.Dispose();
        }
    }
}
