using System;
using OpenCvSharp.Internal;

namespace OpenCvSharp.Dnn;

public static unsafe class CvDnn
{
    public static Net? ReadNetFromOnnx(string onnxFile) => Net.ReadNetFromONNX(onnxFile);

    public static Net? ReadNetFromOnnx(byte[] onnxFileData) => Net.ReadNetFromONNX(onnxFileData);

    public static Net? ReadNetFromOnnx(ReadOnlySpan<byte> onnxFileData) => Net.ReadNetFromONNX(onnxFileData);

    public static Mat BlobFromImage(Mat image, double scaleFactor = 1.0, Size size = default, Scalar mean = default, bool swapRB = true, bool crop = true)
    {
        ArgumentNullException.ThrowIfNull(image);
        Failure.Check(Native.DnnBlob(image, scaleFactor, size, mean, swapRB ? 1 : 0, crop ? 1 : 0, out var blob));
        return new Mat(blob);
    }
}
