using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NLCL.Training;

/// <summary>The numbers of an array in single precision, whatever floating-point type the file has.</summary>
static class SafetensorsNumbers
{
    /// <returns>Null: the array does not hold floating-point numbers.</returns>
    public static float[]? ToSingles(SafetensorsEntry entry)
    {
        ReadOnlySpan<byte> bytes = entry.Bytes.Span;
        return entry.Type switch
        {
            SafetensorsType.F32 => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            SafetensorsType.F64 => Each(bytes, 8, part => (float)BinaryPrimitives.ReadDoubleLittleEndian(part)),
            SafetensorsType.F16 => Each(bytes, 2, part => (float)BinaryPrimitives.ReadHalfLittleEndian(part)),
            SafetensorsType.BF16 => Each(bytes, 2, part => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(part) << 16)),
            _ => null,
        };
    }

    static float[] Each(ReadOnlySpan<byte> bytes, int size, Func<ReadOnlySpan<byte>, float> read)
    {
        float[] numbers = new float[bytes.Length / size];
        for (int index = 0; index < numbers.Length; index++) { numbers[index] = read(bytes.Slice(index * size, size)); }
        return numbers;
    }
}
