using System.Security.Cryptography;

namespace NLCL.Runtime;

/// <summary>
/// A model file in memory, checked before any of it reaches ONNX Runtime: whole, ONNX, self-contained, and keeping the
/// <see cref="ModelContract"/>. A file that points at other files is refused, for a loader would open them.
/// </summary>
public sealed class ModelFile
{
    const string Remedy = "Take an intact file that tools/nlcl export has written.";

    ModelFile(string path, byte[] bytes, OnnxScanner scan, ModelContract? contract = null)
    {
        Path = path;
        Content = bytes;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Opset = scan.Opsets.GetValueOrDefault("");
        Metadata = scan.Metadata;
        TakesBatches = scan.Inputs.Count > 0 && scan.Inputs[0].Dimensions is { Count: > 0 } dimensions && dimensions[0] != "1";
        Contract = contract ?? ModelContract.Read(path, scan.Metadata, scan.Inputs, scan.Outputs);
    }

    /// <summary>The path as the caller gave it.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of the whole file, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Version of ONNX's own operator set that the graph uses.</summary>
    public long Opset { get; }

    /// <summary>All metadata of the file, the contract's and any other.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>What the model promises.</summary>
    public ModelContract Contract { get; }

    /// <summary>The whole file.</summary>
    public ReadOnlyMemory<byte> Bytes => Content;

    internal byte[] Content { get; }

    /// <summary>False where the file fixes the number of frames in a run to one.</summary>
    internal bool TakesBatches { get; }

    /// <summary>What it gives is no background, but the rain layer that is to be taken off the frame, in one channel: see <see cref="RainGraph"/>.</summary>
    internal bool GivesRain { get; private init; }

    /// <summary>Reads and checks a model file.</summary>
    /// <param name="path">An <c>.onnx</c> file of at most 2 GB.</param>
    /// <param name="expectedSha256">When given, any other file is refused.</param>
    /// <exception cref="ModelFileException">The file is missing, unreadable, cut off, no ONNX, refers to other files, or breaks the contract.</exception>
    public static ModelFile Open(string path, string? expectedSha256 = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var bytes = ReadBytes(path);
        if (expectedSha256 is not null && !Convert.ToHexString(SHA256.HashData(bytes)).Equals(expectedSha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelFileException(path, [$"SHA-256 is {Convert.ToHexStringLower(SHA256.HashData(bytes))}, expected {expectedSha256}"], Remedy);
        }
        OnnxScanner scan;
        try
        {
            scan = OnnxScanner.Scan(bytes);
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException)
        {
            throw new ModelFileException(path, [$"expected a whole ONNX file, found {bytes.Length} bytes that are {e.Message}"], Remedy, e);
        }
        if (!scan.HasGraph || scan.IrVersion <= 0)
        {
            throw new ModelFileException(path, [$"expected an ONNX file, found {bytes.Length} bytes without a graph"], Remedy);
        }
        if (scan.ForeignReferences.Count > 0)
        {
            throw new ModelFileException(path, [$"expected one self-contained file, found {scan.ForeignReferences[0]}"], Remedy);
        }
        return new ModelFile(path, bytes, scan);
    }

    /// <summary>The same model shown pictures of a fraction of the size: see <see cref="DerainerOptions.Scale"/>.</summary>
    /// <exception cref="ModelFileException">Its operators are too old for that, or its halo grows beyond bounds.</exception>
    internal ModelFile AtScale(int scale)
    {
        if (scale == 1)
        {
            return this;
        }
        if (!ScaledGraph.Fits(this))
        {
            throw new ModelFileException(Path, [$"opset is {Opset}, a scale needs {GraphNodes.LeastOpset}"], "Export the model again, or take Scale 1.");
        }
        try
        {
            var bytes = ScaledGraph.Around(this, scale);
            return new ModelFile(Path, bytes, OnnxScanner.Scan(bytes));
        }
        catch (ArgumentException e)
        {
            throw new ModelFileException(Path, [$"it cannot be run at scale {scale}: {e.Message}"], "Take a smaller scale.", e);
        }
    }

    /// <summary>The same model that sees each picture twice: see <see cref="DerainerOptions.Mirrored"/>.</summary>
    /// <exception cref="ModelFileException">It takes one picture at a time, or its operators are too old for that.</exception>
    internal ModelFile Mirrored()
    {
        if (!MirroredGraph.Fits(this))
        {
            throw new ModelFileException(Path, [$"it takes {(TakesBatches ? "any number of pictures" : "one picture")} at a time and opset is {Opset}; seeing pictures mirrored needs two and {GraphNodes.LeastOpset}"], "Export the model again, or leave Mirrored out.");
        }
        var bytes = MirroredGraph.Around(this);
        return new ModelFile(Path, bytes, OnnxScanner.Scan(bytes));
    }

    /// <summary>The same model without the operator at its end that takes the rain layer off the frame; null where it ends otherwise.</summary>
    internal ModelFile? RainAlone()
    {
        if (RainGraph.Layer(this) is not { } layer)
        {
            return null;
        }
        var bytes = RainGraph.Of(this, layer);
        return new ModelFile(Path, bytes, OnnxScanner.Scan(bytes), Contract) { GivesRain = true };
    }

    static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var found = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message.TrimEnd('.');
            throw new ModelFileException(path, [found], "Give the path of an .onnx file, for example one in models/.", e);
        }
    }
}
