using System;
using System.Runtime.InteropServices.Marshalling;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[NativeMarshalling(typeof(HandleMarshaller<VideoWriter>))]
public unsafe class VideoWriter : CvObject
{
    public VideoWriter()
    {
        Fps = -1;
        IsColor = true;
        Failure.Check(Native.WriterNew(out ptr));
    }

    public VideoWriter(string fileName, FourCC fourcc, double fps, Size frameSize, bool isColor = true)
        : this() => Open(fileName, fourcc, fps, frameSize, isColor);

    public VideoWriter(string fileName, VideoCaptureAPIs apiPreference, FourCC fourcc, double fps, Size frameSize, bool isColor = true)
        : this() => Open(fileName, apiPreference, fourcc, fps, frameSize, isColor);

    public VideoWriter(string fileName, FourCC fourcc, double fps, Size frameSize, int[] prms)
        : this(fileName, VideoCaptureAPIs.ANY, fourcc, fps, frameSize, prms)
    {
    }

    public VideoWriter(string fileName, VideoCaptureAPIs apiPreference, FourCC fourcc, double fps, Size frameSize, int[] prms)
        : this()
    {
        ArgumentNullException.ThrowIfNull(prms);
        Open(fileName, (int)apiPreference, fourcc, fps, frameSize, prms);
    }

    public string? FileName { get; private set; }

    public double Fps { get; private set; }

    public Size FrameSize { get; private set; }

    public bool IsColor { get; private set; }

    public bool Open(string fileName, FourCC fourcc, double fps, Size frameSize, bool isColor = true) =>
        Open(fileName, VideoCaptureAPIs.ANY, fourcc, fps, frameSize, isColor);

    public bool Open(string fileName, VideoCaptureAPIs apiPreference, FourCC fourcc, double fps, Size frameSize, bool isColor = true)
    {
        IsColor = isColor;
        return Open(fileName, (int)apiPreference, fourcc, fps, frameSize, [(int)VideoWriterProperties.IsColor, isColor ? 1 : 0]);
    }

    public bool IsOpened()
    {
        Failure.Check(Native.WriterIsOpened(this, out var ok));
        return ok != 0;
    }

    public void Release() => Failure.Check(Native.WriterRelease(this));

    public void Write(InputArray image) => Failure.Check(Native.WriterWrite(this, image));

    public bool Set(VideoWriterProperties propId, double value)
    {
        Failure.Check(Native.WriterSet(this, (int)propId, value, out var ok));
        return ok != 0;
    }

    public double Get(VideoWriterProperties propId)
    {
        Failure.Check(Native.WriterGet(this, (int)propId, out var value));
        return value;
    }

    public string GetBackendName()
    {
        Failure.Check(Native.WriterBackend(this, out var text));
        return NativeText.Take(text);
    }

    public static int FourCC(char c1, char c2, char c3, char c4) => (c1 & 255) | ((c2 & 255) << 8) | ((c3 & 255) << 16) | ((c4 & 255) << 24);

    public static int FourCC(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length != 4) { throw new ArgumentException("code.Length != 4", nameof(code)); }
        return FourCC(code[0], code[1], code[2], code[3]);
    }

    protected override void DisposeUnmanaged()
    {
        if (ptr != IntPtr.Zero) { Native.WriterDelete(ptr); }
        base.DisposeUnmanaged();
    }

    bool Open(string fileName, int api, FourCC fourcc, double fps, Size frameSize, int[] prms)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        (FileName, Fps, FrameSize) = (fileName, fps, frameSize);
        Failure.Check(Native.WriterOpen(this, fileName, api, fourcc.Value, fps, frameSize, prms, prms.Length, out var ok));
        return ok != 0;
    }
}
