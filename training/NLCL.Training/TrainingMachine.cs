using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Where a training runs. Not part of its options: another machine may go on with the same run.</summary>
public sealed record TrainingMachine
{
    /// <summary>"auto" (CUDA where there is one), "cpu" or "cuda".</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Threads of torch and OpenCV; 0: a thread for each core. Bit for bit equal runs need equal counts.</summary>
    public int Threads { get; init; }

    /// <summary>Threads that make batches ahead; 0: batches are made in the loop.</summary>
    public int DataWorkers { get; init; } = 1;

    /// <summary>Batches that are made ahead.</summary>
    public int BatchesAhead { get; init; } = 8;

    /// <summary>Memory for decoded pictures, shared by rainy and clean ones, in MiB.</summary>
    public int CacheMegabytes { get; init; } = 2048;

    /// <summary>Refuses values that make no sense.</summary>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfNegative(DataWorkers);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchesAhead, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(CacheMegabytes);
        if (Device is not ("auto" or "cpu" or "cuda")) { throw new ArgumentException($"Device is '{Device}'; known are auto, cpu, cuda."); }
    }

    /// <summary><see cref="Threads"/>, or what libtorch takes by itself. On some virtual machines it counts a single core; then, every processor.</summary>
    public int ThreadCount() =>
        Threads > 0 ? Threads
        : get_num_threads() is > 1 and var own ? own
        : Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 } ? get_num_threads()
        : Environment.ProcessorCount;

    /// <summary>The device that the name stands for.</summary>
    /// <exception cref="TrainingException">CUDA was asked for and is not there.</exception>
    internal Device Resolve()
    {
        bool available = cuda.is_available();
        if (Device == "cuda" && !available) { throw new TrainingException("Device 'cuda': this libtorch finds no CUDA GPU; use --device cpu, or install a CUDA build."); }
        return Device != "cpu" && available ? torch.CUDA : torch.CPU;
    }
}
