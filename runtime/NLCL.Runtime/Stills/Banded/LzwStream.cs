namespace NLCL.Runtime;

/// <summary>
/// Unpacks LZW as TIFF has it (TIFF 6.0, section 13): codes of 9 to 12 bits, high bit first, and one bit more from one code
/// earlier on than needed.
/// </summary>
sealed class LzwStream(Stream packed) : ForwardStream
{
    const int Clear = 256;
    const int End = 257;
    const int FirstFree = 258;
    const int LeastBits = 9;
    const int MostBits = 12;

    // A code stands for the text of another code and one byte more.
    readonly ushort[] _before = new ushort[1 << MostBits];
    readonly byte[] _last = new byte[1 << MostBits];
    // The text of a code is found from its end, and stands at the end of this.
    readonly byte[] _text = new byte[(1 << MostBits) + 1];
    readonly byte[] _buffer = new byte[1 << 12];
    int _textLeft;
    int _free = FirstFree;
    int _width = LeastBits;
    int _previous = -1;
    int _bufferAt;
    int _bufferEnd;
    uint _bits;
    int _bitCount;

    public override int Read(Span<byte> buffer)
    {
        var done = 0;
        while (done < buffer.Length && (_textLeft > 0 || Decode()))
        {
            var count = Math.Min(_textLeft, buffer.Length - done);
            _text.AsSpan(_text.Length - _textLeft, count).CopyTo(buffer[done..]);
            _textLeft -= count;
            done += count;
        }
        return done;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            packed.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>Finds the text of the next code; false at the end.</summary>
    /// <exception cref="InvalidDataException">A code that stands for nothing yet.</exception>
    bool Decode()
    {
        var code = NextCode();
        while (code == Clear)
        {
            (_free, _width, _previous) = (FirstFree, LeastBits, -1);
            code = NextCode();
        }
        if (code is End or < 0)
        {
            return false;
        }
        if (code > _free || (code == _free && _previous < 0))
        {
            throw new InvalidDataException("an LZW code before its meaning");
        }
        var first = Spell(code == _free ? _previous : code);
        if (code == _free)
        {
            // The text that is being defined: the previous one and its own first byte again.
            _text.AsSpan(_text.Length - _textLeft, _textLeft).CopyTo(_text.AsSpan(_text.Length - _textLeft - 1));
            _text[^1] = first;
            _textLeft++;
        }
        if (_previous >= 0 && _free < 1 << MostBits)
        {
            (_before[_free], _last[_free]) = ((ushort)_previous, first);
            _free++;
        }
        if (_free + 1 >= 1 << _width && _width < MostBits)
        {
            _width++;
        }
        _previous = code;
        return true;
    }

    /// <summary>Writes a code's text; returns its first byte.</summary>
    byte Spell(int code)
    {
        _textLeft = 0;
        while (code >= FirstFree)
        {
            _text[^++_textLeft] = _last[code];
            code = _before[code];
        }
        _text[^++_textLeft] = (byte)code;
        return (byte)code;
    }

    int NextCode()
    {
        while (_bitCount < _width)
        {
            if (_bufferAt == _bufferEnd)
            {
                (_bufferAt, _bufferEnd) = (0, packed.Read(_buffer));
                if (_bufferEnd == 0)
                {
                    return -1;
                }
            }
            _bits = (_bits << 8) | _buffer[_bufferAt++];
            _bitCount += 8;
        }
        _bitCount -= _width;
        return (int)(_bits >> _bitCount) & ((1 << _width) - 1);
    }
}
