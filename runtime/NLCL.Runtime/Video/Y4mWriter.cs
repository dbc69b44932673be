using System.Text;

namespace NLCL.Runtime;

/// <summary>Frames to a YUV4MPEG2 stream, such as standard output. It has no times: frames follow each other at one rate.</summary>
sealed class Y4mWriter : IFrameSink
{
    readonly Stream _output;
    readonly string _name;
    readonly byte[] _header;
    readonly double _seconds;
    long _first;
    double _shift;

    /// <param name="output">Stays the caller's.</param>
    /// <param name="name">For messages.</param>
    /// <param name="header">First line, without its end.</param>
    /// <param name="rate">Frames a second that the header tells.</param>
    public Y4mWriter(Stream output, string name, string header, Rational rate) =>
        (_output, _name, _header, _seconds) = (output, name, Encoding.ASCII.GetBytes(header + "\n"), rate.IsKnown ? 1 / rate.Value : 0);

    /// <inheritdoc/>
    public long Frames { get; private set; }

    /// <inheritdoc/>
    public TimeSpan LargestShift => TimeSpan.FromSeconds(_shift);

    /// <inheritdoc/>
    public void Write(NutVideoFormat format, FrameSlot slot)
    {
        try
        {
            if (Frames == 0)
            {
                _first = slot.Pts;
                _output.Write(_header);
            }

            _shift = Math.Max(_shift, Math.Abs((slot.Pts - _first) * format.TimeBase.Value - Frames * _seconds));
            _output.Write("FRAME\n"u8);
            _output.Write(slot.Samples);
            _output.Flush();
            Frames++;
        }
        catch (IOException e)
        {
            throw VideoException.Output(_name, $"nobody reads it any more after {Frames} frames: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
    }

    /// <inheritdoc/>
    public void OnFailure(Action<Exception> fail)
    {
    }

    /// <inheritdoc/>
    public void Kill()
    {
    }

    public void Dispose()
    {
    }
}
