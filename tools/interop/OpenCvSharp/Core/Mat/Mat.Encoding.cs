using System;
using System.IO;

namespace OpenCvSharp;

public partial class Mat
{
    public byte[] ImEncode(string ext = ".png", int[]? prms = null)
    {
        Cv2.ImEncode(ext, this, out var buf, prms);
        return buf;
    }

    public byte[] ImEncode(string ext = ".png", params ImageEncodingParam[] prms)
    {
        Cv2.ImEncode(ext, this, out var buf, prms);
        return buf;
    }

    public bool ImWrite(string fileName, int[]? prms = null) => Cv2.ImWrite(fileName, this, prms);
    public bool ImWrite(string fileName, params ImageEncodingParam[] prms) => Cv2.ImWrite(fileName, this, prms);
    public bool SaveImage(string fileName, int[]? prms = null) => Cv2.ImWrite(fileName, this, prms);
    public bool SaveImage(string fileName, params ImageEncodingParam[] prms) => Cv2.ImWrite(fileName, this, prms);

    public byte[] ToBytes(string ext = ".png", int[]? prms = null) => ImEncode(ext, prms);
    public byte[] ToBytes(string ext = ".png", params ImageEncodingParam[] prms) => ImEncode(ext, prms);
    public MemoryStream ToMemoryStream(string ext = ".png", params ImageEncodingParam[] prms) => new(ToBytes(ext, prms));

    public void WriteToStream(Stream stream, string ext = ".png", params ImageEncodingParam[] prms)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(ToBytes(ext, prms));
    }
}
