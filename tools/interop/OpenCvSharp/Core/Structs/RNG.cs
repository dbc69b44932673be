using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

/// <summary>cv::RNG: multiply-with-carry, 64 bits of state.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct RNG
{
    const uint Coefficient = 4164903690;

    ulong state;

    public RNG(ulong state = 0xffffffff) => this.state = state != 0 ? state : 0xffffffff;

    public ulong State
    {
        get => state;
        set => state = value;
    }

    public uint Next()
    {
        state = ((ulong)(uint)state * Coefficient) + (uint)(state >> 32);
        return (uint)state;
    }

    public int Uniform(int a, int b) => a == b ? a : (int)((Next() % (uint)(b - a)) + a);

    public float Uniform(float a, float b) => (Next() * 2.3283064365386962890625e-10f * (b - a)) + a;

    public double Uniform(double a, double b)
    {
        var high = Next();
        return ((((ulong)high << 32) | Next()) * 5.4210108624275221700372640043497e-20 * (b - a)) + a;
    }

    public unsafe double Gaussian(double sigma)
    {
        Failure.Check(Native.RngGaussian(ref state, sigma, out var value));
        return value;
    }

    public unsafe void Fill(InputOutputArray mat, DistributionType distType, InputArray a, InputArray b, bool saturateRange = false) =>
        Failure.Check(Native.RngFill(ref state, mat, (int)distType, a, b, saturateRange ? 1 : 0));
}
