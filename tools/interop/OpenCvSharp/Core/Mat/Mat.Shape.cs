using System;
using System.Globalization;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

// What a matrix is: sizes, type, where its bytes lie.
public partial class Mat
{
    MatInfo Info
    {
        get
        {
            Native.MatInfo(this, out var info);
            return info;
        }
    }

    public int Flags => Info.Flags;
    public int Dims => Info.Dims;
    public int Rows => Info.Rows;
    public int Cols => Info.Cols;
    public int Height => Info.Rows;
    public int Width => Info.Cols;
    public IntPtr Data => Info.Data;
    public unsafe byte* DataPointer => (byte*)Info.Data;
    public IntPtr DataStart => Info.DataStart;
    public IntPtr DataEnd => Info.DataEnd;
    public IntPtr DataLimit => Info.DataLimit;

    public MatType Type() => Info.Flags & 0xFFF;
    public int Depth() => Type().Depth;
    public int Channels() => Type().Channels;
    public int ElemSize() => (int)Info.ElemSize;
    public int ElemSize1() => (int)Info.ElemSize1;
    public bool IsContinuous() => (Info.Flags & (1 << 14)) != 0;
    public bool IsSubmatrix() => Native.MatIsSubmatrix(this) != 0;
    public long Total() => Info.Total;
    public long Step() => Info.Step;

    public Size Size()
    {
        var info = Info;
        return new Size(info.Cols, info.Rows);
    }

    public bool Empty()
    {
        var info = Info;
        return info.Data == 0 || info.Total == 0;
    }

    public unsafe int Size(int dim)
    {
        Failure.Check(Native.MatSizeAt(this, dim, out var size, out _));
        return size;
    }

    public unsafe long Step(int i)
    {
        Failure.Check(Native.MatSizeAt(this, i, out _, out var step));
        return step;
    }

    public long Step1(int i = 0) => Step(i) / ElemSize1();

    /// <summary>Where row <paramref name="i0"/> begins.</summary>
    public IntPtr Ptr(int i0)
    {
        var info = Info;
        return (nint)(info.Data + (info.Step * i0));
    }

    public IntPtr Ptr(int i0, int i1)
    {
        var info = Info;
        return (nint)(info.Data + (info.Step * i0) + ((info.Dims > 2 ? Step(1) : info.ElemSize) * i1));
    }

    public IntPtr Ptr(int i0, int i1, int i2) => Ptr([i0, i1, i2]);

    public IntPtr Ptr(params int[] idx)
    {
        ArgumentNullException.ThrowIfNull(idx);
        long at = Info.Data;
        for (var i = 0; i < idx.Length; i++) { at += Step(i) * idx[i]; }
        return (nint)at;
    }

    public override string ToString() => IsDisposed
        ? "Mat [disposed]"
        : string.Create(CultureInfo.InvariantCulture, $"Mat [ {Rows}*{Cols}*{Type()}, IsContinuous={IsContinuous()}, IsSubmatrix={IsSubmatrix()}, Ptr=0x{ptr:x}, Data=0x{Data:x} ]");
}
