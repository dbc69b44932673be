using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace NLCL.OnnxExport;

/// <summary>Random input, the same for both sides: 0..1, or bytes.</summary>
sealed class Noise
{
    readonly float[]? _numbers;
    readonly byte[]? _bytes;

    Noise(float[]? numbers, byte[]? bytes)
    {
        _numbers = numbers;
        _bytes = bytes;
    }

    public static Noise Create(Random random, long[] shape, ScalarType type)
    {
        var length = shape.Aggregate(1L, (a, b) => a * b);
        if (type == ScalarType.Byte)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            return new Noise(null, bytes);
        }
        var numbers = new float[length];
        foreach (ref var number in numbers.AsSpan())
        {
            number = random.NextSingle();
        }
        return new Noise(numbers, null);
    }

    public Tensor ToTensor(long[] shape) => _bytes is not null ? tensor(_bytes, shape) : tensor(_numbers!, shape);

    public OrtValue ToOrtValue(long[] shape) => _bytes is not null
        ? OrtValue.CreateTensorValueFromMemory(_bytes, shape)
        : OrtValue.CreateTensorValueFromMemory(_numbers!, shape);
}
