using System;
using System.Runtime.InteropServices.Marshalling;
using OpenCvSharp.Internal;

namespace OpenCvSharp.Dnn;

[NativeMarshalling(typeof(HandleMarshaller<Net>))]
public unsafe class Net : CvObject
{
    protected Net(IntPtr ptr)
        : base(ptr)
    {
    }

    public static Net? ReadNetFromONNX(string onnxFile)
    {
        ArgumentNullException.ThrowIfNull(onnxFile);
        Failure.Check(Native.NetFromOnnx(onnxFile, out var net));
        return new Net(net);
    }

    public static Net? ReadNetFromONNX(byte[] onnxFileData)
    {
        ArgumentNullException.ThrowIfNull(onnxFileData);
        return ReadNetFromONNX(onnxFileData.AsSpan());
    }

    public static Net? ReadNetFromONNX(ReadOnlySpan<byte> onnxFileData)
    {
        if (onnxFileData.IsEmpty) { throw new ArgumentException("Empty span", nameof(onnxFileData)); }
        fixed (byte* bytes = onnxFileData)
        {
            Failure.Check(Native.NetFromOnnx(bytes, onnxFileData.Length, out var net));
            return new Net(net);
        }
    }

    public bool Empty()
    {
        Failure.Check(Native.NetEmpty(this, out var empty));
        return empty != 0;
    }

    public void SetInput(Mat blob, string name = "") => Failure.Check(Native.NetSetInput(this, blob, name));

    public Mat Forward(string? outputName = null)
    {
        Failure.Check(Native.NetForward(this, outputName ?? "", out var result));
        return new Mat(result);
    }

    public void SetPreferableBackend(Backend backendId) => Failure.Check(Native.NetSetBackend(this, (int)backendId));

    public void SetPreferableTarget(Target targetId) => Failure.Check(Native.NetSetTarget(this, (int)targetId));

    protected override void DisposeUnmanaged()
    {
        if (ptr != IntPtr.Zero) { Native.NetDelete(ptr); }
        base.DisposeUnmanaged();
    }
}
