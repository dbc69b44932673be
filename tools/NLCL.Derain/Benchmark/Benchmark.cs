using System.Diagnostics;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>Told of each part when it is measured.</summary>
interface IBenchmarkListener
{
    void Found(BenchmarkMachine machine);

    void Measured(SizeResult result);
}

/// <summary>Measures one model on the devices of this machine.</summary>
sealed class Benchmark(string model, int threads)
{
    const string Int8Suffix = ".int8.onnx";

    public required int Rounds { get; init; }

    public required int ClipRounds { get; init; }

    /// <summary>Of network time in a clip.</summary>
    public required double Seconds { get; init; }

    public required bool WithPeers { get; init; }

    /// <summary>Auto: the file that was named, with its int8 variant as one contestant more.</summary>
    public required ModelPrecision Precision { get; init; }

    /// <summary>For engines that do not know all of the model's operations; null: what lies beside the model.</summary>
    public string? PeerModel { get; init; }

    public BenchmarkReport Run(DeviceKind device, IReadOnlyList<FrameSize> sizes, IBenchmarkListener listener, CancellationToken cancellation)
    {
        BenchmarkMachine? machine = null;
        List<SizeResult> results = [];
        foreach (DeviceKind kind in device == DeviceKind.Auto ? [DeviceKind.Cpu, DeviceKind.Cuda, DeviceKind.TensorRt] : (DeviceKind[])[device])
        {
            Derainer derainer;
            // Under auto a GPU that is not there is not measured; one that was named is an error.
            try { derainer = Open(model, kind, Precision); }
            catch (DeviceException) when (device == DeviceKind.Auto) { continue; }
            using (derainer)
            {
                machine ??= Describe(derainer, listener);
                foreach (FrameSize size in sizes)
                {
                    results.Add(Measure(derainer, machine, size, cancellation));
                    listener.Measured(results[^1]);
                }
                PrecisionOption.WarnOfReduction(derainer);
            }
        }
        return new(machine!, results);
    }

    Derainer Open(string path, DeviceKind kind, ModelPrecision precision)
    {
        DerainerOptions options = new() { Device = kind, Threads = threads, Precision = precision };
        // What was read before is never replaced by a faster variant.
        return precision == ModelPrecision.Auto ? Derainer.Open(ModelFile.Open(path), options) : Derainer.Open(path, options);
    }

    static BenchmarkMachine Describe(Derainer derainer, IBenchmarkListener listener)
    {
        using ConvolutionRate rate = new(derainer.Device.Threads);
        BenchmarkMachine machine = BenchmarkMachine.Describe(derainer, rate.Measure(), NetworkCost.MultiplyAddsPerPixel(derainer.Model));
        listener.Found(machine);
        return machine;
    }

    SizeResult Measure(Derainer derainer, BenchmarkMachine machine, FrameSize size, CancellationToken cancellation)
    {
        bool onCpu = derainer.Device.Chosen == DeviceKind.Cpu;
        using ClipRace? clip = Clip(derainer, size, cancellation, out string? absent);
        // Memory before the others take theirs; it also warms the path up.
        clip?.WarmUp();
        // The convolution rate again just before: on a shared machine it moves.
        using ConvolutionRate convolutions = new(derainer.Device.Threads);
        double rate = convolutions.Measure();
        int multiple = derainer.Contract.SizeMultiple;
        bool alone = derainer.Contract.Frames == 1;
        bool peersFit = WithPeers && onCpu && alone && size.Width % multiple == 0 && size.Height % multiple == 0; // the peers cannot pad
        using Peers? peers = peersFit ? new Peers(derainer, Derain.PeerModel.Open(PeerModel, derainer.Model), size) : null;
        using Derainer? int8 = onCpu && Precision == ModelPrecision.Auto && File.Exists(Int8File) ? Open(Int8File, DeviceKind.Cpu, ModelPrecision.Int8) : null;
        (string, Derainer)[] variants = int8 is null ? [] : [("int8", int8)];

        IReadOnlyList<Lap> frame = new FrameRace(derainer, size).Run(variants, peers?.All ?? [], Rounds, cancellation);
        return new(derainer.Device.ToString(), onCpu, size, frame)
        {
            ConvolutionGflops = rate,
            NetworkGflops = 2 * machine.MultiplyAddsPerPixel * size.Pixels / frame.Single(lap => lap.Name == FrameRace.Network).Seconds / 1e9,
            PeerFiles = peers?.Files ?? [],
            Absent = [.. peers?.Absent ?? [], .. alone ? (string[])[] : ["other engines: the model sees neighbouring frames, and their loops have none"], .. absent is null ? (string[])[] : [absent]],
            Clip = clip is null ? null : new(clip.Frames, clip.Run(variants, peers?.All ?? [], ClipRounds), clip.PeakBytes, onCpu),
        };
    }

    /// <summary>As many frames as the network derains in the time asked for; null where clips cannot be made, and why.</summary>
    ClipRace? Clip(Derainer derainer, FrameSize size, CancellationToken cancellation, out string? absent)
    {
        absent = null;
        // x264 takes even sizes in 4:2:0.
        if (ClipRounds == 0 || size.Width % 2 != 0 || size.Height % 2 != 0) { return null; }
        float[] picture = new float[3 * size.Pixels];
        derainer.Derain(picture, picture, size.Width, size.Height, cancellation);
        long start = Stopwatch.GetTimestamp();
        derainer.Derain(picture, picture, size.Width, size.Height, cancellation);
        int frames = (int)Math.Clamp(Seconds / Stopwatch.GetElapsedTime(start).TotalSeconds, 4, 1000);
        // Four or two or one go side by side on a processor: with a few large frames the last round would be half empty.
        frames -= frames % 4;
        try { return new ClipRace(derainer, size, frames, cancellation); }
        catch (CommandException missing) when (missing.ExitCode == ExitCodes.Missing)
        {
            absent = $"clip: {missing.Message}";
            return null;
        }
    }

    string Int8File => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, Path.GetFileNameWithoutExtension(model) + Int8Suffix);
}
