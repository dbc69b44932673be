using System;

namespace OpenCvSharp;

public abstract class DisposableCvObject : DisposableObject
{
    protected IntPtr ptr;

    protected DisposableCvObject()
    {
    }

    protected DisposableCvObject(IntPtr ptr) => this.ptr = ptr;

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
