namespace NLCL.Runtime;

/// <summary>
/// Reads raw video frames with their timestamps from ffmpeg's standard output. One video stream; everything that the
/// NUT specification (version 3) lets a writer leave out or abbreviate is understood, but nothing is searched for: the
/// data comes from a program over a pipe, and any doubt is an error.
/// </summary>
sealed class NutReader
{
    // More than any header takes; guards against a length that is not one.
    const int MaxPacket = 1 << 24;

    readonly NutBytes _bytes;
    readonly FrameCode[] _codes = new FrameCode[256];
    readonly List<byte[]> _elided = [[]];
    Rational[] _timeBases = [];
    int _ptsShift;
    long _lastPts;
    NutVideoFormat? _format;

    /// <summary>Reads from ffmpeg's standard output.</summary>
    public NutReader(Stream input) => _bytes = new NutBytes(input);

    /// <summary>The stream's format, known after <see cref="TryReadFormat"/>.</summary>
    public NutVideoFormat Format => _format ?? throw new InvalidOperationException("no frame was read yet");

    /// <summary>Reads the headers before the first frame.</summary>
    /// <returns>False when there is nothing at all.</returns>
    /// <exception cref="InvalidDataException">They are not understood.</exception>
    public bool TryReadFormat() => _format is not null || TryReadStart();

    /// <summary>Reads the next frame.</summary>
    /// <param name="frame">Takes all bytes of the frame; it must have exactly that size.</param>
    /// <param name="pts">Presentation time in ticks of the format's time base.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">The stream is cut off, or a frame has another size.</exception>
    public bool TryRead(Span<byte> frame, out long pts)
    {
        if (!TryReadFormat())
        {
            pts = 0;
            return false;
        }

        while (_bytes.TryByte(out var code))
        {
            if (code == 'N')
            {
                ReadPacket(StartCode((byte)code));
                continue;
            }

            pts = ReadFrame(_codes[code], frame);
            return true;
        }

        pts = 0;
        return false;
    }

    /// <summary>Passes over all packets that are left, of any codec.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="EndOfStreamException">The file is cut off.</exception>
    /// <exception cref="InvalidDataException">Something else than a packet or a header is in it.</exception>
    public long CountPackets()
    {
        if (!TryReadFormat())
        {
            return 0;
        }

        var count = 0L;
        while (_bytes.TryByte(out var code))
        {
            if (code == 'N')
            {
                ReadPacket(StartCode((byte)code));
                continue;
            }

            var (pts, size, elided) = ReadFrameHeader(_codes[code]);
            _bytes.Skip(checked((int)size - elided.Length));
            _lastPts = pts;
            count++;
        }

        return count;
    }

    bool TryReadStart()
    {
        if (!_bytes.TryByte(out var first))
        {
            return false;
        }

        Expect(first == NutFormat.FileId[0], "no NUT stream");
        foreach (var value in NutFormat.FileId[1..])
        {
            Expect(_bytes.Byte() == value, "no NUT stream");
        }

        while (_format is null)
        {
            ReadPacket(StartCode(_bytes.Byte()));
        }

        return true;
    }

    ulong StartCode(byte first)
    {
        ulong code = first;
        for (var i = 1; i < 8; i++)
        {
            code = code << 8 | _bytes.Byte();
        }

        return code;
    }

    void ReadPacket(ulong startCode)
    {
        var length = _bytes.Value();
        Expect(length is >= sizeof(uint) and <= MaxPacket, "packet length");
        if (length > NutFormat.LongPacket)
        {
            _bytes.Skip(sizeof(uint));
        }

        var data = new byte[(int)length];
        _bytes.Fill(data);
        // The checksum stands at the end, and a checksum over data and checksum together is 0.
        Expect(NutFormat.Checksum(data) == 0, "packet checksum");
        var packet = new NutBytes(new MemoryStream(data, 0, data.Length - sizeof(uint)));
        switch (startCode)
        {
            case NutFormat.MainStartCode:
                ReadMainHeader(packet);
                break;
            case NutFormat.StreamStartCode:
                ReadStreamHeader(packet);
                break;
            case NutFormat.SyncpointStartCode:
                Expect(_format is not null, "order of the headers");
                var value = packet.Value();
                var timeBase = _timeBases[(int)(value % (ulong)_timeBases.Length)];
                _lastPts = Rational.Rescale((long)(value / (ulong)_timeBases.Length), timeBase, Format.TimeBase);
                break;
        }
    }

    void ReadMainHeader(NutBytes packet)
    {
        Expect(packet.Value() is 2 or 3, "version");
        Expect(packet.Value() == 1, "number of streams");
        packet.Value(); // largest distance of syncpoints
        _timeBases = new Rational[packet.Count(256)];
        for (var i = 0; i < _timeBases.Length; i++)
        {
            _timeBases[i] = new Rational((long)packet.Value(), (long)packet.Value());
            Expect(_timeBases[i].IsKnown, "time base");
        }

        ReadFrameCodes(packet);
        for (var left = packet.Count(128); left > 0; left--)
        {
            _elided.Add(packet.Text());
        }
    }

    void ReadFrameCodes(NutBytes packet)
    {
        long pts = 0;
        ulong factor = 1, stream = 0, head = 0;
        for (var i = 0; i < 256;)
        {
            var flags = packet.Value();
            var fields = packet.Value();
            pts = fields > 0 ? packet.Signed() : pts;
            factor = fields > 1 ? packet.Value() : factor;
            stream = fields > 2 ? packet.Value() : stream;
            var size = fields > 3 ? packet.Value() : 0;
            var reserved = fields > 4 ? packet.Value() : 0;
            var count = fields > 5 ? packet.Value() : factor - size;
            if (fields > 6)
            {
                packet.Signed(); // match time
            }

            head = fields > 7 ? packet.Value() : head;
            for (var more = 8UL; more < fields; more++)
            {
                packet.Value();
            }

            for (var j = 0UL; j < count && i < 256; i++)
            {
                _codes[i] = i == 'N' ? new FrameCode(NutFormat.FlagInvalid, 0, 0, 0, 0, 0, 0) : new FrameCode(flags, pts, factor, size + j++, reserved, head, stream);
            }
        }
    }

    void ReadStreamHeader(NutBytes packet)
    {
        Expect(_timeBases.Length > 0 && packet.Value() == 0 && packet.Value() == 0, "stream header");
        var fourCc = packet.Text();
        var timeBase = packet.Value();
        Expect(timeBase < (ulong)_timeBases.Length, "time base of the stream");
        _ptsShift = packet.Count(15);
        packet.Value(); // largest time difference
        packet.Value(); // decode delay
        packet.Value(); // flags
        packet.Text(); // codec data
        _format = new NutVideoFormat(fourCc, packet.Count(1 << 16), packet.Count(1 << 16), packet.Count(int.MaxValue), packet.Count(int.MaxValue), _timeBases[(int)timeBase]);
    }

    long ReadFrame(FrameCode code, Span<byte> frame)
    {
        var (pts, size, elided) = ReadFrameHeader(code);
        if (size != (ulong)frame.Length)
        {
            throw new InvalidDataException($"a frame has {size} bytes instead of {frame.Length}: the picture size or format changes within the clip");
        }

        elided.CopyTo(frame);
        _bytes.Fill(frame[elided.Length..]);
        _lastPts = pts;
        return pts;
    }

    (long Pts, ulong Size, byte[] Elided) ReadFrameHeader(FrameCode code)
    {
        var flags = code.Flags;
        if ((flags & NutFormat.FlagCoded) != 0)
        {
            flags ^= _bytes.Value();
        }

        Expect((flags & NutFormat.FlagInvalid) == 0, "frame code");
        var stream = (flags & NutFormat.FlagStreamId) != 0 ? _bytes.Value() : code.Stream;
        Expect(stream == 0, "stream of a frame");
        var pts = (flags & NutFormat.FlagCodedPts) != 0 ? FullPts((long)_bytes.Value()) : _lastPts + code.PtsDelta;
        var size = code.SizeLow + ((flags & NutFormat.FlagSizeMsb) != 0 ? code.SizeFactor * _bytes.Value() : 0);
        if ((flags & NutFormat.FlagMatchTime) != 0)
        {
            _bytes.Signed();
        }

        var head = (int)((flags & NutFormat.FlagHeaderIndex) != 0 ? _bytes.Value() : code.Head);
        for (var reserved = (flags & NutFormat.FlagReserved) != 0 ? _bytes.Value() : code.Reserved; reserved > 0; reserved--)
        {
            _bytes.Value();
        }

        if ((flags & NutFormat.FlagChecksum) != 0)
        {
            _bytes.Skip(sizeof(uint));
        }

        // Writers may leave out how the data begins, but not for long frames.
        return (pts, size, size > NutFormat.LongPacket ? [] : _elided[head]);
    }

    // Small values are the lowest bits of a time near the last one.
    long FullPts(long coded)
    {
        if (coded >= 1L << _ptsShift)
        {
            return coded - (1L << _ptsShift);
        }

        var mask = (1L << _ptsShift) - 1;
        var lowest = _lastPts - mask / 2;
        return (coded - lowest & mask) + lowest;
    }

    static void Expect(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidDataException($"ffmpeg's stream of frames is not understood: {what}");
        }
    }

    readonly record struct FrameCode(ulong Flags, long PtsDelta, ulong SizeFactor, ulong SizeLow, ulong Reserved, ulong Head, ulong Stream);
}
