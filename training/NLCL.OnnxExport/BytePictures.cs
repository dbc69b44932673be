using static TorchSharp.torch;

namespace NLCL.OnnxExport;

/// <summary>
/// A network that takes and gives bytes 0..255 where the one inside takes and gives 0..1: a quarter of the data to move, for
/// whoever feeds pictures as they are. The shapes are those of the network inside. Export it with
/// <see cref="ExportOptions.InputType"/> <c>Byte</c>.
/// </summary>
/// <param name="inner">A network with one input.</param>
public sealed class BytePictures(INetworkDescription inner) : INetworkDescription
{
    /// <inheritdoc/>
    public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs)
    {
        var pictures = inputs.Select(bytes => ops.Scale(ops.Cast(bytes, ScalarType.Float32), 1.0 / 255)).ToList();
        return [.. inner.Describe(ops, pictures).Select(picture => ToBytes(ops, picture))];
    }

    static T ToBytes<T>(IOperations<T> ops, T picture) =>
        ops.Cast(ops.Round(ops.Scale(ops.Clip(picture, 0, 1), 255)), ScalarType.Byte);
}
