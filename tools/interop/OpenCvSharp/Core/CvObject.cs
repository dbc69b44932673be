using System;

namespace OpenCvSharp;

public abstract class CvObject : DisposableObject
{
    private protected IntPtr ptr;

    protected CvObject()
    {
    }

    protected CvObject(IntPtr ptr) => this.ptr = ptr;

    public IntPtr CvPtr
    {
        get
        {
            ThrowIfDisposed();
            return ptr;
        }
    }

    protected override void DisposeUnmanaged()
    {
        ptr = IntPtr.Zero;
        base.DisposeUnmanaged();
    }
}
