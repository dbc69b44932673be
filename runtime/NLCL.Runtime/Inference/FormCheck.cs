using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NLCL.Runtime;

/// <summary>
/// Whether two sessions of one model give the same picture, but for the rounding of halves: asked once where a device is told to lay the network out
/// otherwise than its file has it, for that path of ONNX Runtime is less trodden.
/// </summary>
static class FormCheck
{
    // A GPU's halves are within one level of 255 of a processor's floats on photographs (DECISIONS.md, 32); a fault of the layout is nowhere near.
    const double MostDifference = 4 / 255.0, MostMeanDifference = 1 / 255.0;

    // Small, but for a network that looks at a quarter of the resolution still a picture.
    const int Side = 64;

    /// <summary>For sessions that take any shape.</summary>
    public static TileShape AnyShape(ModelContract contract)
    {
        var side = TileAxis.RoundUp(Side, contract.SizeMultiple);
        return new(1, side, side, contract.Frames);
    }

    /// <exception cref="OnnxRuntimeException">One of them does not run.</exception>
    public static bool GiveTheSame(InferenceSession one, InferenceSession other, TileShape shape)
    {
        var (from, to) = (shape.InputTensor, shape.OutputTensor);
        using var input = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, from.Type, from.Dimensions);
        Fill(input.GetTensorMutableRawData(), from.Type, shape.Samples?.Most ?? 1);
        using var settings = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var first = one.Run(settings, [from.Name], [input], [to.Name]);
        using var second = other.Run(settings, [from.Name], [input], [to.Name]);
        return AreNear(first[0].GetTensorMutableRawData(), second[0].GetTensorMutableRawData(), to.Type, shape.Samples?.Most ?? 1);
    }

    // A ramp with noise upon it: nothing in it is alike in two places.
    static void Fill(Span<byte> values, TensorElementType type, int most)
    {
        var random = new Random(1);
        var count = values.Length / SizeOf(type);
        for (var i = 0; i < count; i++)
        {
            var value = ((0.5 * i / count) + (0.5 * random.NextDouble())) * most;
            switch (type)
            {
                case TensorElementType.Float: MemoryMarshal.Cast<byte, float>(values)[i] = (float)value; break;
                case TensorElementType.UInt16: MemoryMarshal.Cast<byte, ushort>(values)[i] = (ushort)value; break;
                default: values[i] = (byte)value; break;
            }
        }
    }

    static bool AreNear(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, TensorElementType type, int most)
    {
        var count = one.Length / SizeOf(type);
        var (sum, largest) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            var difference = Math.Abs(At(one, i, type) - At(other, i, type)) / most;
            sum += difference;
            // What is no number is not near.
            largest = difference <= largest ? largest : difference;
        }
        return largest <= MostDifference && sum <= MostMeanDifference * count;
    }

    static int SizeOf(TensorElementType type) => type switch { TensorElementType.Float => sizeof(float), TensorElementType.UInt16 => sizeof(ushort), _ => 1 };

    static double At(ReadOnlySpan<byte> values, int i, TensorElementType type) => type switch
    {
        TensorElementType.Float => MemoryMarshal.Cast<byte, float>(values)[i],
        TensorElementType.UInt16 => MemoryMarshal.Cast<byte, ushort>(values)[i],
        _ => values[i],
    };
}
