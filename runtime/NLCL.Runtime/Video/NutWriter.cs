using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace NLCL.Runtime;

/// <summary>Writes one stream of raw video frames with their timestamps, for ffmpeg to read from its standard input.</summary>
sealed class NutWriter
{
    // Timestamps are written in full: a value from 1 << shift on is the timestamp plus 1 << shift.
    const int PtsShift = 7;
    const ulong MaxDistance = 65536;

    readonly Stream _output;
    readonly List<byte> _packet = [];
    readonly List<byte> _bytes = [];

    /// <summary>Writes the headers.</summary>
    /// <param name="output">Standard input of ffmpeg.</param>
    /// <param name="format">What the frames are: as read from the decoder.</param>
    /// <param name="frameRate">Only a hint for the encoder's rate control; frames have their own times.</param>
    public NutWriter(Stream output, NutVideoFormat format, Rational frameRate)
    {
        _output = output;
        _output.Write(NutFormat.FileId);
        WriteMainHeader(format.TimeBase);
        WriteStreamHeader(format);
        if (frameRate.IsKnown)
        {
            WriteFrameRate(frameRate);
        }
    }

    /// <summary>Writes one frame.</summary>
    /// <param name="pts">Presentation time in ticks of the format's time base, 0 or more.</param>
    /// <param name="frame">All of the frame's samples.</param>
    public void Write(long pts, ReadOnlySpan<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pts);

        // A syncpoint before every frame: readers demand one within MaxDistance, and a frame is larger than that.
        Value((ulong)pts);
        Value(0); // no index, so nothing looks back
        Packet(NutFormat.SyncpointStartCode);

        _bytes.Clear();
        _bytes.Add(1); // the frame code that the main header defines
        Value(_bytes, (ulong)pts + (1 << PtsShift));
        Value(_bytes, (ulong)frame.Length);
        WriteWithChecksum(_bytes);
        _output.Write(frame);
        _output.Flush();
    }

    void WriteMainHeader(Rational timeBase)
    {
        Value(3); // version
        Value(1); // streams
        Value(MaxDistance);
        Value(1); // time bases
        Value((ulong)timeBase.Numerator);
        Value((ulong)timeBase.Denominator);
        // Codes 1 to 255 mean the same: a key frame with its own time, size and checksum. Code 0 is invalid, and so is
        // 'N', with which start codes begin; readers leave that one out of the count by themselves.
        FrameCodes(NutFormat.FlagInvalid, 1);
        FrameCodes(NutFormat.FlagKey | NutFormat.FlagCodedPts | NutFormat.FlagSizeMsb | NutFormat.FlagChecksum, 254);
        Value(0); // no elided headers
        Packet(NutFormat.MainStartCode);
    }

    void FrameCodes(ulong flags, int count)
    {
        Value(flags);
        Value(6); // fields that follow
        Value(0); // time difference
        Value(1); // size factor
        Value(0); // stream
        Value(0); // size, lower part
        Value(0); // reserved
        Value((ulong)count);
    }

    void WriteStreamHeader(NutVideoFormat format)
    {
        Value(0); // stream
        Value(0); // class: video
        Text(format.FourCc);
        Value(0); // time base
        Value(PtsShift);
        Value(1); // largest time difference without a checksum; every frame has one
        Value(0); // decode delay
        Value(0); // flags
        Value(0); // no codec data
        Value((ulong)format.Width);
        Value((ulong)format.Height);
        Value((ulong)format.SampleWidth);
        Value((ulong)format.SampleHeight);
        Value(0); // colour: told to the encoder in its arguments
        Packet(NutFormat.StreamStartCode);
    }

    void WriteFrameRate(Rational rate)
    {
        Value(1); // stream 0
        Value(0); // no chapter,
        Value(0); // no start,
        Value(0); // no length
        Value(1); // one entry
        Text("r_frame_rate"u8);
        Value(2); // signed -1: a text follows
        Text(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{rate.Numerator}/{rate.Denominator}")));
        Packet(NutFormat.InfoStartCode);
    }

    void Packet(ulong startCode)
    {
        _bytes.Clear();
        Number(_bytes, startCode);
        Value(_bytes, (ulong)_packet.Count + sizeof(uint));
        if (_packet.Count + sizeof(uint) > NutFormat.LongPacket)
        {
            throw new InvalidOperationException("headers of raw video are never this long");
        }

        _output.Write(_bytes.ToArray());
        WriteWithChecksum(_packet);
        _packet.Clear();
    }

    void WriteWithChecksum(List<byte> bytes)
    {
        var data = new byte[bytes.Count + sizeof(uint)];
        bytes.CopyTo(data);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(bytes.Count), NutFormat.Checksum(data.AsSpan(0, bytes.Count)));
        _output.Write(data);
    }

    void Text(ReadOnlySpan<byte> text)
    {
        Value((ulong)text.Length);
        _packet.AddRange(text);
    }

    void Value(ulong value) => Value(_packet, value);

    // Seven bits a byte, highest first; the top bit says that more follow.
    static void Value(List<byte> bytes, ulong value)
    {
        for (var shift = (63 - (int)ulong.LeadingZeroCount(value | 1)) / 7 * 7; shift >= 0; shift -= 7)
        {
            bytes.Add((byte)(value >> shift & 0x7F | (shift > 0 ? 0x80u : 0)));
        }
    }

    static void Number(List<byte> bytes, ulong value)
    {
        for (var shift = 56; shift >= 0; shift -= 8)
        {
            bytes.Add((byte)(value >> shift));
        }
    }
}
