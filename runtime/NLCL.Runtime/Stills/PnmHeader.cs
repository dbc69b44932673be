namespace NLCL.Runtime;

/// <summary>
/// PGM and PPM of the binary kind (Netpbm's pgm(5), ppm(5)): "P5" or "P6", width, height and the largest value as decimal words, a
/// single white space, then rows of grey or RGB; two bytes a sample, high byte first, where the largest value needs them.
/// </summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Largest">Value of white.</param>
/// <param name="Start">Where the first row begins.</param>
readonly record struct PnmHeader(long Width, long Height, int Channels, long Largest, long Start)
{
    const int MostDigits = 10;

    public int BytesPerSample => Largest > byte.MaxValue ? 2 : 1;

    // Decoders stretch other ranges, each in its way.
    public bool IsWholeRange => Largest is byte.MaxValue or ushort.MaxValue;

    public static PictureHeader Read(Stream stream)
    {
        var header = Of(stream);
        return new PictureHeader(PictureFormat.Pnm, header.Width, header.Height) { Unsupported = header.IsWholeRange ? null : $"a PNM whose white is {header.Largest}" };
    }

    /// <exception cref="InvalidDataException">A word is no number.</exception>
    /// <exception cref="EndOfStreamException">The file ends within its header.</exception>
    public static PnmHeader Of(Stream stream)
    {
        stream.Position = 1;
        var channels = stream.ReadByte() == '5' ? 1 : 3;
        return new PnmHeader(Number(stream), Number(stream), channels, Number(stream), 0) with { Start = stream.Position };
    }

    /// <summary>True where all rows are there.</summary>
    public static bool IsWhole(byte[] file)
    {
        using var stream = new MemoryStream(file, writable: false);
        var header = Of(stream);
        return header.Start + (header.Width * header.Height * header.Channels * header.BytesPerSample) <= file.Length;
    }

    public static bool IsSpace(int value) => value is ' ' or '\t' or '\n' or '\r' or '\v' or '\f';

    /// <summary>The next number, and the one white space behind it. A # makes the rest of its line a comment.</summary>
    static long Number(Stream stream)
    {
        var value = Next(stream);
        while (value == '#' || IsSpace(value))
        {
            var isComment = value == '#';
            while (isComment && value is not ('\n' or '\r'))
            {
                value = Next(stream);
            }
            value = Next(stream);
        }
        long number = 0;
        var digits = 0;
        for (; value is >= '0' and <= '9' && digits < MostDigits; value = Next(stream), digits++)
        {
            number = (10 * number) + value - '0';
        }
        return digits > 0 && IsSpace(value) ? number : throw new InvalidDataException("a word that is no number");
    }

    static int Next(Stream stream) => stream.ReadByte() is >= 0 and var value ? value : throw new EndOfStreamException();
}
