using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>
/// Takes rows from a source to a sink through the derainer. A band starts on the model's size multiple, as the whole picture
/// does, and keeps the halo's distance from every cut; the rows that two bands share are read once.
/// </summary>
sealed class PictureBands(Derainer derainer, long maxBandPixels)
{
    readonly int _multiple = derainer.Contract.SizeMultiple;
    // One multiple at least, so that the rows which padding mirrors lie in the same band.
    readonly int _halo = TileAxis.RoundUp(Math.Max(derainer.Contract.ReceptiveField, 1), derainer.Contract.SizeMultiple);

    public void Derain(IRowSource source, IRowSink sink, CancellationToken cancellationToken)
    {
        var format = source.Format;
        var rows = (int)Math.Min(format.Height, Math.Max(maxBandPixels / format.Width / _multiple * _multiple, Lowest));
        using var band = new Mat(rows, format.Width, format.Type);
        for (int top = 0, filled = 0, done = 0; done < format.Height;)
        {
            var count = Math.Min(rows, format.Height - top);
            for (; filled < count; filled++)
            {
                source.Read(Row(band, filled));
            }
            var isLast = top + count == format.Height;
            var end = isLast ? count : count - _halo;
            using (var cut = band.SubMat(new Rect(0, 0, format.Width, count)))
            using (var background = derainer.Derain(cut, cancellationToken))
            {
                for (var row = done - top; row < end; row++)
                {
                    sink.Write(Row(background, row));
                }
            }
            done = top + end;
            // The next band begins a halo above the first row that is still to be done.
            var next = isLast ? 0 : done - _halo - top;
            filled = count - next;
            for (var row = 0; row < filled && !isLast; row++)
            {
                Row(band, row + next).CopyTo(Row(band, row));
            }
            top += next;
        }
    }

    /// <summary>Two halos above and below what is taken, and one step.</summary>
    long Lowest => (2L * _halo) + Math.Max(_multiple, 2 * _halo);

    static unsafe Span<byte> Row(Mat picture, int y) => new((byte*)picture.Data + (y * picture.Step()), picture.Cols * (int)picture.ElemSize());
}
