using System.Globalization;
using System.Text;

namespace NLCL.Runtime;

/// <summary>The rows of a PGM or PPM of the binary kind, which stand one behind the other.</summary>
sealed class PnmRowSource : IRowSource
{
    readonly FileStream _file;
    readonly byte[] _samples;

    PnmRowSource(FileStream file, RowFormat format) => (_file, Format, _samples) = (file, format, new byte[format.RowBytes]);

    public RowFormat Format { get; }

    /// <summary>The format, or null where the file is of another kind.</summary>
    public static RowFormat? FormatOf(FileStream file) =>
        HeaderOf(file) is { IsWholeRange: true, Width: > 0 and <= int.MaxValue / 8, Height: > 0 and <= int.MaxValue } header
            ? new RowFormat((int)header.Width, (int)header.Height, header.Channels, header.BytesPerSample)
            : null;

    /// <summary>Reads on from the first row; the file stays the caller's.</summary>
    public static PnmRowSource Open(FileStream file, RowFormat format)
    {
        file.Position = HeaderOf(file)!.Value.Start;
        return new PnmRowSource(file, format);
    }

    public void Read(Span<byte> row)
    {
        _file.ReadExactly(_samples);
        RowSamples.Exchange(_samples, row, Format, isLittle: false);
    }

    public void Dispose()
    {
    }

    static PnmHeader? HeaderOf(FileStream file)
    {
        file.Position = 0;
        try
        {
            return file.ReadByte() == 'P' && file.ReadByte() is '5' or '6' && PnmHeader.IsSpace(file.ReadByte()) ? PnmHeader.Of(file) : null;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }
}

/// <summary>Writes a PGM or PPM row by row.</summary>
sealed class PnmRowSink : IRowSink
{
    readonly FileStream _file;
    readonly RowFormat _format;
    readonly byte[] _samples;

    public PnmRowSink(FileStream file, RowFormat format)
    {
        (_file, _format, _samples) = (file, format, new byte[format.RowBytes]);
        var white = format.BytesPerSample == 1 ? byte.MaxValue : ushort.MaxValue;
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P{(format.Channels == 1 ? 5 : 6)}\n{format.Width} {format.Height}\n{white}\n")));
    }

    /// <summary>There is no place for alpha.</summary>
    public static bool Fits(RowFormat format) => format.Channels != 4;

    public void Write(ReadOnlySpan<byte> row)
    {
        RowSamples.Exchange(row, _samples, _format, isLittle: false);
        _file.Write(_samples);
    }

    public void Complete()
    {
    }

    public void Dispose()
    {
    }
}
