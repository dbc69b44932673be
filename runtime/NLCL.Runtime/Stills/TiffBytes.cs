namespace NLCL.Runtime;

/// <summary>The bytes of a TIFF structure, be they in memory or in a file that is too large for it.</summary>
readonly ref struct TiffBytes
{
    readonly ReadOnlySpan<byte> _memory;
    readonly FileStream? _file;

    public TiffBytes(ReadOnlySpan<byte> memory)
    {
        _memory = memory;
        Length = memory.Length;
    }

    public TiffBytes(FileStream file) => (_file, Length) = (file, file.Length);

    public long Length { get; }

    /// <summary>Low byte first.</summary>
    public bool IsLittle => Slice(0, 1)[0] == 'I';

    /// <summary>A part that lies within <see cref="Length"/>.</summary>
    public ReadOnlySpan<byte> Slice(long at, int count)
    {
        if (_file is null)
        {
            return _memory.Slice((int)at, count);
        }
        var bytes = new byte[count];
        _file.Position = at;
        _file.ReadExactly(bytes);
        return bytes;
    }

    public static implicit operator TiffBytes(ReadOnlySpan<byte> memory) => new(memory);

    public static implicit operator TiffBytes(byte[] memory) => new(memory);
}
