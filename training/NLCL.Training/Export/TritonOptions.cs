namespace NLCL.Training;

/// <summary>What runs a model on a GPU of an NVIDIA Triton server.</summary>
public enum TritonAccelerator
{
    /// <summary>ONNX Runtime's CUDA kernels: ready at once.</summary>
    Cuda,

    /// <summary>TensorRT inside ONNX Runtime: faster, but builds engines for minutes at first, and needs sizes within the profile.</summary>
    TensorRt,
}

/// <summary>A model repository for NVIDIA Triton.</summary>
public sealed record TritonOptions
{
    /// <summary>The repository; each model is a folder in it.</summary>
    public required string Folder { get; init; }

    /// <summary>What runs it on a GPU.</summary>
    public TritonAccelerator Accelerator { get; init; } = TritonAccelerator.Cuda;

    /// <summary>Frames that the server may put into one run, 1 or more.</summary>
    public int MaxBatch { get; init; } = 8;

    /// <summary>How long the server waits for frames of the same size to fill a batch, in microseconds.</summary>
    public int QueueDelay { get; init; } = 2000;

    /// <summary>Copies of the model on each device.</summary>
    public int Instances { get; init; } = 1;
}
