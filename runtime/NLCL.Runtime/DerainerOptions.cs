namespace NLCL.Runtime;

/// <summary>How a <see cref="Derainer"/> runs. The defaults suit a machine that does other work too.</summary>
public sealed record DerainerOptions
{
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
    /// The default takes one 1080p frame whole.
    /// </summary>
    public long MaxTilePixels { get; init; } = 1920 * 1088;

    /// <summary>Upper bound of ONNX Runtime's arena on the GPU; 0: none.</summary>
    public long DeviceMemoryLimitBytes { get; init; }

    /// <summary>Where TensorRT keeps built engines and timings; null: nowhere, each start builds anew.</summary>
    public string? EngineCacheFolder { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Device))
        {
            throw new ArgumentOutOfRangeException(nameof(Device), Device, "Device must be Auto, Cpu, Cuda or TensorRt.");
        }
        ArgumentOutOfRangeException.ThrowIfNegative(DeviceIndex);
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threads, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTilePixels, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(DeviceMemoryLimitBytes);
    }
}
