using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace OpenCvSharp.Internal;

enum ArrayKind
{
    None,
    Mat,
    Four,
    Number,
}

/// <summary>The form in which an InputArray or OutputArray crosses the boundary: by value, without a native object.</summary>
[StructLayout(LayoutKind.Sequential)]
struct ArrayProxy
{
    public ArrayKind Kind;
    public int Reserved;
    public nint Mat;
    public Scalar Value;
}

/// <summary>Checks the argument before a native call and keeps it alive until the call is over.</summary>
[CustomMarshaller(typeof(InputArray), MarshalMode.ManagedToUnmanagedIn, typeof(Required))]
[CustomMarshaller(typeof(OutputArray), MarshalMode.ManagedToUnmanagedIn, typeof(Output))]
static class ArrayMarshaller
{
    public ref struct Required
    {
        InputArray array;

        public void FromManaged(InputArray managed)
        {
            ArgumentNullException.ThrowIfNull(managed);
            managed.ThrowIfDisposed();
            array = managed;
        }

        public readonly ArrayProxy ToUnmanaged() => array.Proxy;

        public readonly void Free() => GC.KeepAlive(array);
    }

    public ref struct Output
    {
        OutputArray array;

        public void FromManaged(OutputArray managed)
        {
            ArgumentNullException.ThrowIfNull(managed);
            managed.ThrowIfNotReady();
            array = managed;
        }

        public readonly ArrayProxy ToUnmanaged() => array.Proxy;

        public readonly void Free() => GC.KeepAlive(array);
    }
}

/// <summary>As <see cref="ArrayMarshaller"/>, for arguments that may be left out: null is cv::noArray().</summary>
[CustomMarshaller(typeof(InputArray), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
static class OptionalArrayMarshaller
{
    public ref struct In
    {
        InputArray? array;

        public void FromManaged(InputArray? managed)
        {
            managed?.ThrowIfDisposed();
            array = managed;
        }

        public readonly ArrayProxy ToUnmanaged() => array is null ? default : array.Proxy;

        public readonly void Free() => GC.KeepAlive(array);
    }
}

/// <summary>As <see cref="ArrayMarshaller"/>, for objects that own something native.</summary>
[CustomMarshaller(typeof(CustomMarshallerAttribute.GenericPlaceholder), MarshalMode.ManagedToUnmanagedIn, typeof(HandleMarshaller<>.In))]
static class HandleMarshaller<T>
    where T : CvObject
{
    public ref struct In
    {
        T owner;

        public void FromManaged(T managed)
        {
            ArgumentNullException.ThrowIfNull(managed);
            managed.ThrowIfDisposed();
            owner = managed;
        }

        public readonly nint ToUnmanaged() => owner.CvPtr;

        public readonly void Free() => GC.KeepAlive(owner);
    }
}
