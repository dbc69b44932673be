namespace NLCL.Runtime;

/// <summary>The pages of a TIFF: each directory ends with the place of the next one (TIFF 6.0, section 2).</summary>
static class TiffPages
{
    const int NewSubfileType = 254;

    /// <summary>NewSubfileType's bits for a smaller copy, such as a preview, and for a mask.</summary>
    const long NoPage = 1 | 4;

    /// <summary>Beyond it nobody counts.</summary>
    const int Most = 10_000;

    /// <summary>Counts them, without previews and masks. A link that leads nowhere, or back, is the end.</summary>
    public static int Count(Stream stream, bool isLittle)
    {
        Span<byte> buffer = stackalloc byte[12];
        stream.Position = 4;
        HashSet<long> seen = [];
        var pages = 0;
        while (seen.Count < Most && Read(stream, buffer[..4]) && TiffHeader.Number(buffer[..4], isLittle) is > 0 and var at && seen.Add(at))
        {
            stream.Position = at;
            if (!Read(stream, buffer[..2]))
            {
                break;
            }
            var isPage = true;
            for (var left = TiffHeader.Number(buffer[..2], isLittle); left > 0 && Read(stream, buffer); left--)
            {
                isPage &= TiffHeader.Number(buffer[..2], isLittle) != NewSubfileType || (TiffHeader.Value(buffer, isLittle) & NoPage) == 0;
            }
            pages += isPage ? 1 : 0;
        }
        return pages;
    }

    static bool Read(Stream stream, Span<byte> buffer) => stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length;
}
