using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>Tells want of memory from other failures. ONNX Runtime has no error code for it, so its words must do.</summary>
static class MemoryShortage
{
    // The arena on any device; the C++ library; CUDA, cuBLAS and cuDNN.
    static readonly string[] s_words =
    [
        "Failed to allocate memory", "smaller than requested bytes", "bad_alloc", "out of memory", "OUT_OF_MEMORY", "ALLOC_FAILED",
    ];

    public static bool Is(Exception failure) =>
        failure is OutOfMemoryException
        || (failure is OnnxRuntimeException && Array.Exists(s_words, word => failure.Message.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
