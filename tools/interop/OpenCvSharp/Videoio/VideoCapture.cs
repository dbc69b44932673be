using System;
using System.Runtime.InteropServices.Marshalling;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

/// <summary>Frames of a file, a camera or a network stream.</summary>
[NativeMarshalling(typeof(HandleMarshaller<VideoCapture>))]
public unsafe class VideoCapture : CvObject
{
    public VideoCapture() => Failure.Check(Native.CaptureNew(out ptr));

    public VideoCapture(int index, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY)
        : this() => Open(index, apiPreference);

    public VideoCapture(int index, VideoCaptureAPIs apiPreference, int[] prms)
        : this() => Open(index, apiPreference, prms);

    public VideoCapture(string fileName, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY)
        : this() => Open(fileName, apiPreference);

    public VideoCapture(string fileName, VideoCaptureAPIs apiPreference, int[] prms)
        : this() => Open(fileName, apiPreference, prms);

    public static VideoCapture FromCamera(int index, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY) => new(index, apiPreference);

    public static VideoCapture FromFile(string fileName, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY) => new(fileName, apiPreference);

    public int PosMsec
    {
        get => (int)Get(VideoCaptureProperties.PosMsec);
        set => Set(VideoCaptureProperties.PosMsec, value);
    }

    public int PosFrames
    {
        get => (int)Get(VideoCaptureProperties.PosFrames);
        set => Set(VideoCaptureProperties.PosFrames, value);
    }

    public int FrameWidth
    {
        get => (int)Get(VideoCaptureProperties.FrameWidth);
        set => Set(VideoCaptureProperties.FrameWidth, value);
    }

    public int FrameHeight
    {
        get => (int)Get(VideoCaptureProperties.FrameHeight);
        set => Set(VideoCaptureProperties.FrameHeight, value);
    }

    public double Fps
    {
        get => Get(VideoCaptureProperties.Fps);
        set => Set(VideoCaptureProperties.Fps, value);
    }

    public string FourCC
    {
        get
        {
            var code = (int)Get(VideoCaptureProperties.FourCC);
            return new string([(char)(code & 255), (char)((code >> 8) & 255), (char)((code >> 16) & 255), (char)((code >> 24) & 255)]);
        }
        set => Set(VideoCaptureProperties.FourCC, OpenCvSharp.FourCC.FromString(value).Value);
    }

    public int FrameCount => (int)Get(VideoCaptureProperties.FrameCount);

    public bool ConvertRgb
    {
        get => Get(VideoCaptureProperties.ConvertRgb) != 0;
        set => Set(VideoCaptureProperties.ConvertRgb, value ? 1 : 0);
    }

    public double BufferSize
    {
        get => Get(VideoCaptureProperties.BufferSize);
        set => Set(VideoCaptureProperties.BufferSize, value);
    }

    public bool Open(string fileName, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        Failure.Check(Native.CaptureOpen(this, fileName, (int)apiPreference, null, 0, out var ok));
        return ok != 0;
    }

    public bool Open(int index, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY)
    {
        Failure.Check(Native.CaptureOpen(this, index, (int)apiPreference, null, 0, out var ok));
        return ok != 0;
    }

    public bool IsOpened()
    {
        Failure.Check(Native.CaptureIsOpened(this, out var ok));
        return ok != 0;
    }

    public void Release() => Failure.Check(Native.CaptureRelease(this));

    public bool Grab()
    {
        Failure.Check(Native.CaptureGrab(this, out var ok));
        return ok != 0;
    }

    public bool Retrieve(OutputArray image, int flag = 0)
    {
        Failure.Check(Native.CaptureRetrieve(this, image, flag, out var ok));
        return ok != 0;
    }

    public bool Retrieve(Mat image, int flag = 0)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Retrieve((OutputArray)image, flag);
    }

    public Mat RetrieveMat()
    {
        var mat = new Mat();
        Read(mat);
        return mat;
    }

    public bool Read(OutputArray image)
    {
        Failure.Check(Native.CaptureRead(this, image, out var ok));
        return ok != 0;
    }

    public bool Read(Mat image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Read((OutputArray)image);
    }

    public bool Set(VideoCaptureProperties propertyId, double value) => Set((int)propertyId, value);

    public bool Set(int propertyId, double value)
    {
        Failure.Check(Native.CaptureSet(this, propertyId, value, out var ok));
        return ok != 0;
    }

    public double Get(VideoCaptureProperties propertyId) => Get((int)propertyId);

    public double Get(int propertyId)
    {
        Failure.Check(Native.CaptureGet(this, propertyId, out var value));
        return value;
    }

    public string GetBackendName()
    {
        Failure.Check(Native.CaptureBackend(this, out var text));
        return NativeText.Take(text);
    }

    public void SetExceptionMode(bool enable) => Failure.Check(Native.CaptureSetExceptionMode(this, enable ? 1 : 0));

    public bool GetExceptionMode()
    {
        Failure.Check(Native.CaptureGetExceptionMode(this, out var on));
        return on != 0;
    }

    protected override void DisposeUnmanaged()
    {
        if (ptr != IntPtr.Zero) { Native.CaptureDelete(ptr); }
        base.DisposeUnmanaged();
    }

    void Open(string fileName, VideoCaptureAPIs apiPreference, int[] prms)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentNullException.ThrowIfNull(prms);
        Failure.Check(Native.CaptureOpen(this, fileName, (int)apiPreference, prms, prms.Length, out _));
    }

    void Open(int index, VideoCaptureAPIs apiPreference, int[] prms)
    {
        ArgumentNullException.ThrowIfNull(prms);
        Failure.Check(Native.CaptureOpen(this, index, (int)apiPreference, prms, prms.Length, out _));
    }
}
