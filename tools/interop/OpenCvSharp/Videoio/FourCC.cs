using System;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>Four characters that name a codec.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct FourCC : IEquatable<FourCC>
{
    public readonly int Value;

    public const int Default = -1;
    public const int Prompt = -1;

    public static readonly int AVC = FromString(nameof(AVC));
    public static readonly int DIVX = FromString(nameof(DIVX));
    public static readonly int H264 = FromString(nameof(X264));
    public static readonly int H265 = FromString(nameof(H265));
    public static readonly int HEVC = FromString(nameof(HEVC));
    public static readonly int I420 = FromString(nameof(I420));
    public static readonly int MJPG = FromString(nameof(MJPG));
    public static readonly int MP4V = FromString(nameof(MP4V));
    public static readonly int X264 = FromString(nameof(X264));
    public static readonly int XVID = FromString(nameof(XVID));

    public FourCC(int value) => Value = value;

    public static FourCC FromFourChars(char c1, char c2, char c3, char c4) => new(VideoWriter.FourCC(c1, c2, c3, c4));

    public static FourCC FromString(string code)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        if (code.Length > 4) { throw new ArgumentException("code.Length > 4", nameof(code)); }
        code = code.PadRight(4);
        return FromFourChars(code[0], code[1], code[2], code[3]);
    }

    public static FourCC FromInt32(int code) => new(code);
    public int ToInt32() => Value;

    public static implicit operator int(FourCC fourcc) => fourcc.Value;
    public static implicit operator FourCC(int code) => new(code);

    public static bool operator ==(FourCC left, FourCC right) => left.Equals(right);
    public static bool operator !=(FourCC left, FourCC right) => !left.Equals(right);

    public bool Equals(FourCC other) => Value == other.Value;
    public override bool Equals(object? obj) => obj is FourCC other && Equals(other);
    public override int GetHashCode() => Value;
}
