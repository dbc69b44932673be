namespace NLCL.Runtime;

/// <summary>Where the network runs.</summary>
public enum DeviceKind
{
    /// <summary>CUDA where it works, otherwise the CPU; <see cref="DeviceReport"/> says which and why.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU through ONNX Runtime's CUDA provider. No silent fall back.</summary>
    Cuda,

    /// <summary>An NVIDIA GPU through TensorRT. The first frame of each size builds an engine, which takes minutes.</summary>
    TensorRt,
}
