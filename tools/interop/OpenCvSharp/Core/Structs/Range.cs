using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Range(int Start, int End)
{
    public int Start = Start;
    public int End = End;

    public static Range All => new(int.MinValue, int.MaxValue);
}
