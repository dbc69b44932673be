using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NLCL.Runtime;

/// <summary>What decides on the processor whether an int8 network is faster than a float one.</summary>
static class ProcessorFeatures
{
    /// <summary>Four products of bytes summed in one instruction: AVX-512 VNNI or AVX-VNNI on x86, the dot product extension on Arm.</summary>
    public static bool HasIntegerDotProducts { get; } = Dp.IsSupported || HasVnni();

    static bool HasVnni()
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7)
        {
            return false;
        }
        // Bits: Intel's Software Developer's Manual, volume 2A, CPUID leaf 7. .NET tells whether the system keeps the registers.
        var (most, _, ecx, _) = X86Base.CpuId(7, 0);
        var wide = Avx512F.IsSupported && (ecx & (1 << 11)) != 0;
        return wide || (Avx2.IsSupported && most >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 4)) != 0);
    }
}
