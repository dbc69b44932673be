using System;

namespace OpenCvSharp;

/// <summary>
/// The result of an operator on matrices. Evaluated at once, unlike the original's; take it with <see cref="ToMat"/>.
/// </summary>
public sealed class MatExpr : DisposableObject
{
    readonly Mat value;

    internal MatExpr(Mat value) => this.value = value;

    public Mat ToMat()
    {
        ThrowIfDisposed();
        return value.Same();
    }

    public static MatExpr FromMat(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        return new(mat.Same());
    }

    public static implicit operator Mat(MatExpr self) => self.ToMat();
    public static implicit operator MatExpr(Mat mat) => FromMat(mat);

    protected override void DisposeManaged()
    {
        value.Dispose();
        base.DisposeManaged();
    }
}
