namespace NLCL.Runtime;

/// <summary>How a <see cref="Derainer"/> runs. The defaults suit a machine that does other work too.</summary>
public sealed record DerainerOptions
{
    // With heights that any size multiple of ours divides.
    const long FullHd = 1920 * 1088, UltraHd = 4096 * 2176;

    // Of nlcl, measured at 3840x2160; other networks of ours need less, or a sixth more (nlcl-video).
    const long BytesPerTilePixel = 150;

    /// <summary>Where to run.</summary>
    public DeviceKind Device { get; init; } = DeviceKind.Auto;

    /// <summary>Index of the GPU.</summary>
    public int DeviceIndex { get; init; }

    /// <summary>Threads inside one run on the CPU; 0: the physical cores that this process may use.</summary>
    public int Threads { get; init; }

    /// <summary>Lets waiting threads spin: a little faster alone, a core burnt beside other work.</summary>
    public bool AllowSpinning { get; init; }

    /// <summary>
    /// Frames above it are cut into tiles of equal shape, which bounds memory. A tile is never smaller than its halo needs.
    /// 0: one 1080p frame whole on a processor, one 4K frame on a GPU; of clips on a processor up to one 4K frame, as half of the memory allows.
    /// </summary>
    public long MaxTilePixels { get; init; }

    /// <summary>Upper bound of ONNX Runtime's arena on the GPU; 0: none.</summary>
    public long DeviceMemoryLimitBytes { get; init; }

    /// <summary>
    /// Side of the square of pixels that the network sees as one, 1 to 8. Rain is found in the reduced picture and taken off the whole one, so all
    /// else keeps its detail. For pictures that are coarser than their size, whose streaks are too wide at 1: <see cref="WorkingScale"/> tells which.
    /// The cost falls with the square.
    /// </summary>
    public int Scale { get; init; } = 1;

    /// <summary>
    /// The network sees each picture twice, as it is and left for right, and the mean of what it finds is taken off: nearer to the truth (by 0.05 to 0.4 dB with
    /// <c>nlcl</c>, most in heavy rain), for twice the time.
    /// </summary>
    public bool Mirrored { get; init; }

    /// <summary>Which variant of the model runs.</summary>
    public ModelPrecision Precision { get; init; } = ModelPrecision.Auto;

    /// <summary>With a device that was named and is not there: run on the CPU and say so, instead of a <see cref="DeviceException"/>.</summary>
    public bool FallBackToCpu { get; init; }

    /// <summary>
    /// Where optimised graphs, and TensorRT's engines and timings, are kept between starts; null: nowhere. Files that do not
    /// belong to this model, processor or version are made anew. Whoever may write there may choose what runs.
    /// </summary>
    public string? CacheFolder { get; init; }

    /// <summary>Upper bound of the rows that <see cref="Derainer.DerainRows"/> holds, in bytes. One band is never smaller than its halo needs.</summary>
    public long MaxBandBytes { get; init; } = 256L << 20;

    /// <summary>
    /// Records the GPU's work for each size once and replays it: some 6 % faster for one frame at a time on an H200; frames side by side hide the same
    /// gaps without it. For CUDA; others run without.
    /// </summary>
    public bool CudaGraph { get; init; }

    /// <summary>ONNX Runtime's CUDA library, where it is not built in; null: beside the application.</summary>
    public string? ProviderLibrary { get; init; }

    /// <summary>Allocates from the arenas that the application has registered with ONNX Runtime's environment.</summary>
    internal bool SharesArena { get; init; }

    /// <summary>Frames go to the network as samples; false: as planes of floats; null: as samples on a GPU.</summary>
    internal bool? AsSamples { get; init; }

    internal long MaxTilePixelsOn(DeviceKind device) => MaxTilePixels > 0 ? MaxTilePixels : (device == DeviceKind.Cpu ? FullHd : UltraHd) / Pictures;

    /// <summary>
    /// The same for frames of a clip on a processor: their memory is touched for the first time once in a clip, not once in a picture, and with halos a 4K frame
    /// in 1080p tiles is a third more pixels.
    /// </summary>
    /// <param name="sideBySide">Frames that are worked on at the same time.</param>
    /// <param name="memory">That this process may use, in bytes.</param>
    internal long MaxTilePixelsOfClips(int sideBySide, long memory) => MaxTilePixels > 0 ? MaxTilePixels
        : Math.Clamp(memory / 2 / sideBySide / BytesPerTilePixel, FullHd, UltraHd) / Pictures;

    // That the network sees at a time for each that it is given.
    int Pictures => Mirrored ? 2 : 1;

    /// <summary>Throws where a value makes no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Device))
        {
            throw new ArgumentOutOfRangeException(nameof(Device), Device, "Device must be Auto, Cpu, Cuda or TensorRt.");
        }
        if (!Enum.IsDefined(Precision))
        {
            throw new ArgumentOutOfRangeException(nameof(Precision), Precision, "Precision must be Auto, Fp32, Fp16 or Int8.");
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(Scale, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Scale, 8);
        ArgumentOutOfRangeException.ThrowIfNegative(DeviceIndex);
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threads, 1024);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxTilePixels);
        ArgumentOutOfRangeException.ThrowIfNegative(DeviceMemoryLimitBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBandBytes, 1);
    }
}
