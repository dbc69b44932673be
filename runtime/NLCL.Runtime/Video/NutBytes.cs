namespace NLCL.Runtime;

/// <summary>Bytes, numbers and texts of a NUT stream. Headers come through a small buffer, frames go straight to their place.</summary>
sealed class NutBytes(Stream input)
{
    readonly byte[] _buffer = new byte[4096];
    int _at;
    int _end;

    public bool TryByte(out int value)
    {
        if (_at == _end)
        {
            _at = 0;
            _end = input.Read(_buffer);
        }

        value = _end == 0 ? -1 : _buffer[_at++];
        return value >= 0;
    }

    public byte Byte() => TryByte(out var value) ? (byte)value : throw CutOff();

    /// <summary>An unsigned number: seven bits a byte, highest first.</summary>
    public ulong Value()
    {
        ulong value = 0;
        for (var digits = 0; digits < 10; digits++)
        {
            var next = Byte();
            value = value << 7 | next & 0x7FUL;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("ffmpeg's stream of frames is not understood: a number does not end");
    }

    /// <summary>A signed number: 0, 1, -1, 2, -2, …</summary>
    public long Signed()
    {
        var value = (long)Value() + 1;
        return (value & 1) != 0 ? -(value >> 1) : value >> 1;
    }

    /// <summary>A number that must not be larger than <paramref name="limit"/>.</summary>
    public int Count(int limit) =>
        Value() is var value && value <= (ulong)limit ? (int)value : throw new InvalidDataException($"ffmpeg's stream of frames is not understood: {value} where at most {limit} was expected");

    public byte[] Text()
    {
        var text = new byte[Count(1 << 20)];
        Fill(text);
        return text;
    }

    public void Skip(int count)
    {
        var buffered = Math.Min(count, _end - _at);
        _at += buffered;
        for (count -= buffered; count > 0;)
        {
            var read = input.Read(_buffer, 0, Math.Min(count, _buffer.Length));
            count -= read > 0 ? read : throw CutOff();
        }
    }

    public void Fill(Span<byte> target)
    {
        var buffered = Math.Min(target.Length, _end - _at);
        _buffer.AsSpan(_at, buffered).CopyTo(target);
        _at += buffered;
        while (buffered < target.Length)
        {
            var read = input.Read(target[buffered..]);
            if (read == 0)
            {
                throw CutOff();
            }

            buffered += read;
        }
    }

    static EndOfStreamException CutOff() => new("ffmpeg's stream of frames is cut off");
}
