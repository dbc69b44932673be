using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Takes named values out of a checkpoint file and says what is missing, left over or of another shape.</summary>
sealed class CheckpointReader
{
    const string OtherOptions = "it belongs to a training with other options or of another version; use it with those";

    readonly string _path;
    readonly SafetensorsFile _file;
    readonly HashSet<string> _unread;

    public CheckpointReader(string path)
    {
        _path = path;
        _file = SafetensorsFile.Read(path);
        _unread = [.. _file.Entries.Keys];
        string version = Text("nlcl.checkpoint");
        if (version != Checkpoint.CurrentVersion.ToString(CultureInfo.InvariantCulture))
        {
            throw new CheckpointException(path, $"expected a checkpoint of version {Checkpoint.CurrentVersion}, found '{version}'", "use the program that wrote it");
        }
    }

    public string Text(string key) => _file.Metadata.TryGetValue(key, out string? text)
        ? text
        : throw new CheckpointException(_path, $"the metadata '{key}' is missing: this is no checkpoint of a training");

    public long Whole(string key) => long.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out long value)
        ? value
        : throw new CheckpointException(_path, $"the metadata '{key}' is '{Text(key)}', not a whole number");

    /// <summary>A number; NaN is one. Without <paramref name="ifMissing"/> it must be there.</summary>
    public double Number(string key, double? ifMissing = null) =>
        ifMissing is { } other && !_file.Metadata.ContainsKey(key) ? other
        : double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
        : throw new CheckpointException(_path, $"the metadata '{key}' is '{Text(key)}', not a number");

    /// <param name="module">First part of the names in the file.</param>
    /// <param name="weights">Receives them.</param>
    /// <param name="tolerance">Where the file may differ; null: nowhere.</param>
    public void CopyWeights(string module, nn.Module weights, WeightTolerance? tolerance = null)
    {
        foreach ((string name, Tensor tensor) in weights.state_dict())
        {
            string full = $"{module}.{name}";
            bool Begins(string? first) => first is not null && name.StartsWith(first, StringComparison.Ordinal);
            if (Begins(tolerance?.MayLack) && !_file.Entries.ContainsKey(full)) { continue; }
            if (Begins(tolerance?.MayAverage) && Sets(full, tensor) is > 1 and var sets) { CopyMean(full, sets, tensor); }
            else { Copy(full, tensor); }
        }
    }

    // How many sets of outputs lie in the file for one in the network.
    long Sets(string name, Tensor target) =>
        _file.Entries.TryGetValue(name, out SafetensorsEntry? entry) && entry.Shape.Skip(1).SequenceEqual(target.shape.Skip(1)) && entry.Shape[0] % target.shape[0] == 0
            ? entry.Shape[0] / target.shape[0]
            : 1;

    void CopyMean(string name, long sets, Tensor target)
    {
        long[] shape = [sets, .. target.shape];
        using Tensor all = zeros([sets * target.shape[0], .. target.shape.Skip(1)]);
        Copy(name, all);
        target.copy_(all.view(shape).mean([0]));
    }

    public void Copy(string name, Tensor target)
    {
        ReadOnlyMemory<byte> bytes = Bytes(name, SafetensorsType.F32, target.shape);
        using Tensor values = tensor(MemoryMarshal.Cast<byte, float>(bytes.Span).ToArray(), target.shape);
        target.copy_(values);
    }

    public ReadOnlyMemory<byte> Bytes(string name, SafetensorsType type, IReadOnlyList<long> shape)
    {
        if (!_file.Entries.TryGetValue(name, out SafetensorsEntry? entry)) { throw new CheckpointException(_path, $"'{name}' is missing", OtherOptions); }
        if (entry.Type != type || !entry.Shape.SequenceEqual(shape))
        {
            throw new CheckpointException(
                _path, $"'{name}' is {entry.Type} [{string.Join(", ", entry.Shape)}], expected {type} [{string.Join(", ", shape)}]", OtherOptions);
        }
        _unread.Remove(name);
        return entry.Bytes;
    }

    public void RefuseUnread()
    {
        if (_unread.Order(StringComparer.Ordinal).FirstOrDefault() is { } left) { throw new CheckpointException(_path, $"'{left}' belongs to no part of this training", OtherOptions); }
    }
}
