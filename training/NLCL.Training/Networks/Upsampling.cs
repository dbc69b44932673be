namespace NLCL.Training;

/// <summary>How a <see cref="LeanDerainer"/> brings a map to the next finer level.</summary>
public enum Upsampling
{
    /// <summary>
    /// A 1x1 convolution, then twice the size by bilinear interpolation. ONNX Runtime keeps its blocked layout through it and uses all threads: with two threads the
    /// default network takes 0.7 of <see cref="Shuffle"/>'s time at 1080p.
    /// </summary>
    Bilinear,

    /// <summary>A 1x1 convolution to four times the channels, which become blocks of 2x2 places. Shuffles leave the blocked layout and run on one thread.</summary>
    Shuffle,
}
