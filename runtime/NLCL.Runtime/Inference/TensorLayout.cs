using Microsoft.ML.OnnxRuntime.Tensors;

namespace NLCL.Runtime;

/// <summary>A tensor as a session names and types it.</summary>
/// <param name="Name">Of the graph's input or output.</param>
/// <param name="Type">Of the elements.</param>
/// <param name="Dimensions">All fixed.</param>
sealed record TensorLayout(string Name, TensorElementType Type, long[] Dimensions)
{
    /// <summary>Of the elements of samples.</summary>
    public static TensorElementType TypeOf(SampleFormat format) => format.BytesPerSample == 1 ? TensorElementType.UInt8 : TensorElementType.UInt16;

    /// <summary>A frame's samples: packed pixels as they lie, or planes in one row.</summary>
    public static TensorLayout Of(string name, SampleFormat format, int width, int height) => new(
        name, TypeOf(format), format.Pixels is null ? [format.Count(width, height)] : [1, height, width, 3]);
}
