using System.Buffers.Binary;

namespace NLCL.Derain;

/// <summary>Damages a file: bits flipped, cut off, header numbers made extreme, parts doubled, removed or zeroed.</summary>
static class Damage
{
    static readonly uint[] s_extremes = [0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    /// <summary>A damaged copy; the same seed does the same damage.</summary>
    public static byte[] Apply(byte[] file, int seed)
    {
        Random random = new(seed);
        byte[] damaged = (byte[])file.Clone();
        for (int round = random.Next(1, 4); round > 0 && damaged.Length > 8; round--)
        {
            // Half of the time near the start, where the structure is.
            int at = random.Next(random.Next(2) == 0 ? Math.Min(96, damaged.Length) : damaged.Length);
            int length = Math.Min(random.Next(1, 1 + Math.Min(64, damaged.Length / 4)), damaged.Length - at);
            switch (random.Next(7))
            {
                case 0: damaged[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: damaged[at] = (byte)random.Next(256); break;
                case 2: damaged = damaged[..Math.Max(damaged.Length * random.Next(1, 100) / 100, 1)]; break;
                case 3: Extreme(damaged, at, random); break;
                case 4: damaged = [.. damaged[..(at + length)], .. damaged[at..]]; break;
                case 5: damaged = [.. damaged[..at], .. damaged[(at + length)..]]; break;
                default: damaged.AsSpan(at, length).Clear(); break;
            }
        }
        return damaged;
    }

    static void Extreme(byte[] file, int at, Random random)
    {
        uint value = s_extremes[random.Next(s_extremes.Length)];
        Span<byte> target = file.AsSpan(Math.Min(at, file.Length - 4), 4);
        switch (random.Next(4))
        {
            case 0: BinaryPrimitives.WriteUInt32BigEndian(target, value); break;
            case 1: BinaryPrimitives.WriteUInt32LittleEndian(target, value); break;
            case 2: BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)value); break;
            default: BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)value); break;
        }
    }
}
