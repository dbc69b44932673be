using System;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

// Parts of a matrix that share its pixels.
public partial class Mat
{
    public Mat this[int rowStart, int rowEnd, int colStart, int colEnd]
    {
        get => SubMat(rowStart, rowEnd, colStart, colEnd);
        set => CopyInto(SubMat(rowStart, rowEnd, colStart, colEnd), value);
    }

    public Mat this[System.Range rowRange, System.Range colRange]
    {
        get => SubMat(rowRange, colRange);
        set => CopyInto(SubMat(rowRange, colRange), value);
    }

    public Mat this[Range rowRange, Range colRange]
    {
        get => SubMat(rowRange, colRange);
        set => CopyInto(SubMat(rowRange, colRange), value);
    }

    public Mat this[Rect roi]
    {
        get => SubMat(roi);
        set => CopyInto(SubMat(roi), value);
    }

    public Mat this[params Range[] ranges]
    {
        get => SubMat(ranges);
        set => CopyInto(SubMat(ranges), value);
    }

    public Mat SubMat(int rowStart, int rowEnd, int colStart, int colEnd)
    {
        if (rowStart >= rowEnd) { throw new ArgumentException("rowStart >= rowEnd"); }
        if (colStart >= colEnd) { throw new ArgumentException("colStart >= colEnd"); }
        return new Mat(this, new Range(rowStart, rowEnd), new Range(colStart, colEnd));
    }

    public Mat SubMat(Range rowRange, Range colRange) => SubMat(rowRange.Start, rowRange.End, colRange.Start, colRange.End);

    public Mat SubMat(System.Range rowRange, System.Range colRange)
    {
        var (top, height) = rowRange.GetOffsetAndLength(Rows);
        var (left, width) = colRange.GetOffsetAndLength(Cols);
        return SubMat(top, top + height, left, left + width);
    }

    public Mat SubMat(Rect roi) => SubMat(roi.Y, roi.Y + roi.Height, roi.X, roi.X + roi.Width);

    public Mat SubMat(params Range[] ranges) => new(this, ranges);

    public Mat Row(int y) => RowRange(y, y + 1);
    public Mat RowRange(int startRow, int endRow) => new(this, new Range(startRow, endRow));
    public Mat RowRange(Range range) => RowRange(range.Start, range.End);

    public Mat RowRange(System.Range range)
    {
        var (start, length) = range.GetOffsetAndLength(Rows);
        return RowRange(start, start + length);
    }

    public Mat Col(int x) => ColRange(x, x + 1);
    public Mat ColRange(int startCol, int endCol) => new(this, Range.All, new Range(startCol, endCol));
    public Mat ColRange(Range range) => ColRange(range.Start, range.End);

    public Mat ColRange(System.Range range)
    {
        var (start, length) = range.GetOffsetAndLength(Cols);
        return ColRange(start, start + length);
    }

    public unsafe Mat Reshape(int cn, int rows = 0)
    {
        Failure.Check(Native.MatReshape(this, cn, rows, out var view));
        return View(view);
    }

    public unsafe Mat Reshape(int cn, params int[] newDims)
    {
        ArgumentNullException.ThrowIfNull(newDims);
        Failure.Check(Native.MatReshape(this, cn, newDims.Length, newDims, out var view));
        return View(view);
    }

    public unsafe void LocateROI(out Size wholeSize, out Point ofs) =>
        Failure.Check(Native.MatLocateRoi(this, out wholeSize, out ofs));

    public unsafe Mat AdjustROI(int dtop, int dbottom, int dleft, int dright)
    {
        Failure.Check(Native.MatAdjustRoi(this, dtop, dbottom, dleft, dright, out var view));
        return View(view);
    }

    internal unsafe Mat Same()
    {
        Failure.Check(Native.MatSame(this, out var same));
        return View(same);
    }

    Mat View(nint native) => new(native, pixels);

    static void CopyInto(Mat part, Mat value)
    {
        using (part)
        {
            ArgumentNullException.ThrowIfNull(value);
            if (part.Dims != value.Dims) { throw new ArgumentException("Dimension mismatch"); }
            for (var i = 0; i < part.Dims; i++)
            {
                if (part.Size(i) != value.Size(i)) { throw new ArgumentException($"Size mismatch at dimension {i}"); }
            }
            value.CopyTo(part);
        }
    }
}
