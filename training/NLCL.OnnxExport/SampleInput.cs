using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace NLCL.OnnxExport;

/// <summary>One input of a network with its numbers: a picture to calibrate with or to check with.</summary>
public sealed class SampleInput
{
    readonly float[]? _numbers;
    readonly byte[]? _bytes;
    readonly long[] _shape;

    SampleInput(float[]? numbers, byte[]? bytes, IReadOnlyList<long> shape)
    {
        var length = shape.Aggregate(1L, (product, axis) => product * axis);
        if (length != (numbers?.Length ?? bytes!.Length))
        {
            throw new ArgumentException($"A value of shape {string.Join('x', shape)} has {length} elements, not {numbers?.Length ?? bytes!.Length}.", nameof(shape));
        }
        (_numbers, _bytes, _shape) = (numbers, bytes, [.. shape]);
    }

    /// <summary>The lengths of the axes.</summary>
    public IReadOnlyList<long> Shape => _shape;

    /// <summary>An input of 32-bit numbers.</summary>
    /// <param name="numbers">In the range that the network takes, the last axis running fastest; not copied.</param>
    /// <param name="shape">The lengths of the axes.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers than the shape asks for.</exception>
    public static SampleInput Of(float[] numbers, params IReadOnlyList<long> shape) => new(numbers, null, shape);

    /// <summary>An input of bytes, for <see cref="BytePictures"/>.</summary>
    /// <inheritdoc cref="Of(float[], IReadOnlyList{long})"/>
    public static SampleInput Of(byte[] numbers, params IReadOnlyList<long> shape) => new(null, numbers, shape);

    /// <summary>Random input: 0..1, or bytes.</summary>
    internal static SampleInput Noise(Random random, long[] shape, ScalarType type)
    {
        var length = shape.Aggregate(1L, (product, axis) => product * axis);
        if (type == ScalarType.Byte)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            return Of(bytes, shape);
        }
        var numbers = new float[length];
        foreach (ref var number in numbers.AsSpan())
        {
            number = random.NextSingle();
        }
        return Of(numbers, shape);
    }

    internal Tensor ToTensor() => _bytes is not null ? tensor(_bytes, _shape) : tensor(_numbers!, _shape);

    internal OrtValue ToOrtValue() => _bytes is not null
        ? OrtValue.CreateTensorValueFromMemory(_bytes, _shape)
        : OrtValue.CreateTensorValueFromMemory(_numbers!, _shape);
}
