using System;

namespace OpenCvSharp.Internal;

/// <summary>Rounds to even and clamps, as cv::saturate_cast does.</summary>
static class Saturate
{
    public static byte ToByte(int v) => (byte)Math.Clamp(v, byte.MinValue, byte.MaxValue);
    public static short ToInt16(int v) => (short)Math.Clamp(v, short.MinValue, short.MaxValue);
    public static ushort ToUInt16(int v) => (ushort)Math.Clamp(v, ushort.MinValue, ushort.MaxValue);
    public static int ToInt32(long v) => (int)Math.Clamp(v, int.MinValue, int.MaxValue);
    public static byte ToByte(double v) => (byte)Math.Clamp(Math.Round(v), byte.MinValue, byte.MaxValue);
    public static short ToInt16(double v) => (short)Math.Clamp(Math.Round(v), short.MinValue, short.MaxValue);
    public static ushort ToUInt16(double v) => (ushort)Math.Clamp(Math.Round(v), ushort.MinValue, ushort.MaxValue);
    public static int ToInt32(double v) => (int)Math.Clamp(Math.Round(v), int.MinValue, int.MaxValue);
}
