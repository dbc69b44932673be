using System;
using System.IO;
using System.Linq;

namespace TorchSharp;

public static class TensorExtensionMethods
{
    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();

    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();

    public static sbyte ToSByte(this torch.Tensor value) => value.ToScalar().ToSByte();

    public static byte ToByte(this torch.Tensor value) => value.ToScalar().ToByte();

    public static short ToInt16(this torch.Tensor value) => value.ToScalar().ToInt16();

    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();

    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();

    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();

    /// <summary>TorchSharp's own format: type, dimensions and sizes as LEB128 numbers, then the elements as they lie in memory.</summary>
    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        using var cpu = tensor.device_type == DeviceType.CPU ? null : tensor.cpu();
        using var dense = (cpu ?? tensor).contiguous();
        Encode(writer, (long)dense.dtype);
        Encode(writer, dense.ndim);
        foreach (var size in dense.shape)
        {
            Encode(writer, size);
        }
        writer.Write(dense.bytes);
    }

    /// <summary>Overwrites a tensor of the same type and shape with the next one of the stream.</summary>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHeader(reader);
        if (!skip && (type != tensor.dtype || !shape.SequenceEqual(tensor.shape)))
        {
            throw new ArgumentException(
                $"Mismatched tensor: expected {tensor.dtype} [{string.Join(", ", tensor.shape)}], found {type} [{string.Join(", ", shape)}].");
        }
        using var read = ReadBody(reader, type, shape);
        if (!skip)
        {
            using var mode = torch.no_grad();
            tensor.copy_(read);
        }
    }

    /// <summary>Reads the next tensor of the stream; null where it was only to be skipped.</summary>
    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHeader(reader);
        var read = ReadBody(reader, type, shape);
        if (!skip)
        {
            return read;
        }
        read.Dispose();
        return null!;
    }

    internal static void Encode(BinaryWriter writer, long value) => writer.Write7BitEncodedInt64(value);

    internal static long Decode(BinaryReader reader) => reader.Read7BitEncodedInt64();

    static (torch.ScalarType Type, long[] Shape) ReadHeader(BinaryReader reader)
    {
        var type = (torch.ScalarType)Decode(reader);
        var shape = new long[Decode(reader)];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = Decode(reader);
        }
        return (type, shape);
    }

    static torch.Tensor ReadBody(BinaryReader reader, torch.ScalarType type, long[] shape)
    {
        var tensor = torch.empty(shape, type, torch.CPU);
        try
        {
            reader.BaseStream.ReadExactly(tensor.bytes);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }
}
