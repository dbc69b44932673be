using System;
using System.Runtime.InteropServices.Marshalling;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

/// <summary>What OpenCV writes: a matrix, reallocated where its size or type does not fit.</summary>
[NativeMarshalling(typeof(ArrayMarshaller))]
public class OutputArray : IDisposable
{
    readonly Mat mat;

    internal OutputArray(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        this.mat = mat;
    }

    public bool IsDisposed { get; private set; }

    internal ArrayProxy Proxy => new() { Kind = ArrayKind.Mat, Mat = mat.CvPtr };

    public static OutputArray Create(Mat mat) => new(mat);

    public static implicit operator OutputArray(Mat mat) => new(mat);

    public bool IsMat() => true;

    public virtual Mat? GetMat() => mat;

    public void Dispose()
    {
        IsDisposed = true;
        GC.SuppressFinalize(this);
    }

    public bool IsReady() => !IsDisposed && !mat.IsDisposed;

    public void ThrowIfNotReady()
    {
        if (!IsReady()) { throw new OpenCvSharpException("Invalid OutputArray"); }
    }
}
