using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>Rows of 8-bit samples, or of wider little-endian ones, from and to float rows.</summary>
static class SampleRow
{
    /// <summary><c>target[i] = (samples[i] - offset) * scale</c>.</summary>
    public static void Load(ReadOnlySpan<byte> samples, int bytesPerSample, float offset, float scale, Span<float> target)
    {
        var i = bytesPerSample == 1 ? LoadBytes(samples, offset, scale, target) : LoadWords(samples, offset, scale, target);
        for (; i < target.Length; i++)
        {
            target[i] = (Sample(samples, bytesPerSample, i) - offset) * scale;
        }
    }

    /// <summary><c>target[i] = clamp(round(original[i] + change[i]), 0, max)</c>.</summary>
    public static void Add(ReadOnlySpan<byte> original, int bytesPerSample, ReadOnlySpan<float> change, int max, Span<byte> target)
    {
        var i = bytesPerSample == 1 ? AddBytes(original, change, target) : AddWords(original, change, max, target);
        for (; i < change.Length; i++)
        {
            var value = (int)Math.Clamp(Sample(original, bytesPerSample, i) + change[i] + 0.5f, 0f, max);
            if (bytesPerSample == 1)
            {
                target[i] = (byte)value;
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(target[(2 * i)..], (ushort)value);
            }
        }
    }

    static int Sample(ReadOnlySpan<byte> samples, int bytesPerSample, int index) =>
        bytesPerSample == 1 ? samples[index] : BinaryPrimitives.ReadUInt16LittleEndian(samples[(2 * index)..]);

    static int LoadBytes(ReadOnlySpan<byte> samples, float offset, float scale, Span<float> target)
    {
        var step = Vector<byte>.Count;
        var i = 0;
        for (; i <= target.Length - step; i += step)
        {
            Vector.Widen(new Vector<byte>(samples[i..]), out var low, out var high);
            LoadWide(low, offset, scale, target[i..]);
            LoadWide(high, offset, scale, target[(i + (step / 2))..]);
        }
        return i;
    }

    static int LoadWords(ReadOnlySpan<byte> samples, float offset, float scale, Span<float> target)
    {
        if (!BitConverter.IsLittleEndian)
        {
            return 0;
        }
        var words = MemoryMarshal.Cast<byte, ushort>(samples);
        var i = 0;
        for (; i <= target.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            LoadWide(new Vector<ushort>(words[i..]), offset, scale, target[i..]);
        }
        return i;
    }

    static void LoadWide(Vector<ushort> words, float offset, float scale, Span<float> target)
    {
        Vector.Widen(words, out var low, out var high);
        var shift = new Vector<float>(offset);
        ((Vector.ConvertToSingle(Vector.AsVectorInt32(low)) - shift) * scale).CopyTo(target);
        ((Vector.ConvertToSingle(Vector.AsVectorInt32(high)) - shift) * scale).CopyTo(target[Vector<float>.Count..]);
    }

    static int AddBytes(ReadOnlySpan<byte> original, ReadOnlySpan<float> change, Span<byte> target)
    {
        var step = Vector<byte>.Count;
        var i = 0;
        for (; i <= change.Length - step; i += step)
        {
            Vector.Widen(new Vector<byte>(original[i..]), out var low, out var high);
            Vector.Narrow(AddWide(low, change[i..], 255), AddWide(high, change[(i + (step / 2))..], 255)).CopyTo(target[i..]);
        }
        return i;
    }

    static int AddWords(ReadOnlySpan<byte> original, ReadOnlySpan<float> change, int max, Span<byte> target)
    {
        if (!BitConverter.IsLittleEndian)
        {
            return 0;
        }
        var source = MemoryMarshal.Cast<byte, ushort>(original);
        var words = MemoryMarshal.Cast<byte, ushort>(target);
        var i = 0;
        for (; i <= change.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            AddWide(new Vector<ushort>(source[i..]), change[i..], max).CopyTo(words[i..]);
        }
        return i;
    }

    static Vector<ushort> AddWide(Vector<ushort> words, ReadOnlySpan<float> change, int max)
    {
        Vector.Widen(words, out var low, out var high);
        return Vector.Narrow(
            Added(low, new Vector<float>(change), max),
            Added(high, new Vector<float>(change[Vector<float>.Count..]), max));
    }

    static Vector<uint> Added(Vector<uint> words, Vector<float> change, int max)
    {
        var sum = Vector.ConvertToSingle(Vector.AsVectorInt32(words)) + change + new Vector<float>(0.5f);
        return Vector.AsVectorUInt32(Vector.ConvertToInt32(Vector.Min(Vector.Max(sum, Vector<float>.Zero), new Vector<float>(max))));
    }
}
