using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices.Marshalling;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

/// <summary>What OpenCV reads: a matrix, four numbers, or one number.</summary>
[NativeMarshalling(typeof(ArrayMarshaller))]
public class InputArray : IDisposable
{
    readonly ArrayKind kind;
    readonly Mat? mat;
    readonly Scalar value;
    readonly bool owned;

    internal InputArray(Mat? mat, bool owned = false)
    {
        // A null matrix is cv::noArray(), as in the original; functions that need one say so themselves.
        kind = mat is null ? ArrayKind.None : ArrayKind.Mat;
        this.mat = mat;
        this.owned = owned;
    }

    internal InputArray(ArrayKind kind, Scalar value)
    {
        this.kind = kind;
        this.value = value;
    }

    public bool IsDisposed { get; private set; }

    internal ArrayProxy Proxy => new() { Kind = kind, Mat = mat is null ? 0 : mat.CvPtr, Value = value };

    public static InputArray Create(Mat mat) => new(mat);
    public static InputArray Create(MatExpr expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        return new(expr.ToMat(), owned: true);
    }

    public static InputArray Create(Scalar val) => new(ArrayKind.Four, val);
    public static InputArray Create(double val) => new(ArrayKind.Number, new Scalar(val));

    public static InputArray Create<T>(IEnumerable<T> enumerable)
        where T : struct => Create(enumerable.ToArray());

    public static InputArray Create<T>(IEnumerable<T> enumerable, MatType type)
        where T : struct => Create(enumerable.ToArray(), type);

    public static InputArray Create<T>(T[] array)
        where T : struct => Create(array, ElementType.Of(typeof(T)));

    public static InputArray Create<T>(T[] array, MatType type)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(array);
        if (array.Length == 0) { throw new ArgumentException("the array is empty", nameof(array)); }
        return new(Mat.FromPixelData(array.Length, 1, type, array), owned: true);
    }

    public static InputArray Create<T>(T[,] array)
        where T : struct => Create(array, ElementType.Of(typeof(T)));

    public static InputArray Create<T>(T[,] array, MatType type)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(array);
        if (array.Length == 0) { throw new ArgumentException("the array is empty", nameof(array)); }
        return new(Mat.FromPixelData(array.GetLength(0), array.GetLength(1), type, array), owned: true);
    }

    public static implicit operator InputArray(Mat mat) => Create(mat);
    public static implicit operator InputArray(MatExpr expr) => Create(expr);
    public static implicit operator InputArray(Scalar val) => Create(val);
    public static implicit operator InputArray(double val) => Create(val);

    public void Dispose()
    {
        if (owned) { mat?.Dispose(); }
        IsDisposed = true;
        GC.SuppressFinalize(this);
    }

    public void ThrowIfDisposed()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        mat?.ThrowIfDisposed();
    }
}
