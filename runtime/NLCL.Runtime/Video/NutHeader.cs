namespace NLCL.Runtime;

/// <summary>The headers of a NUT file with one stream: what must be equal for packets of two files to belong together.</summary>
static class NutHeader
{
    /// <summary>Main and stream header of a file, as bytes.</summary>
    /// <exception cref="InvalidDataException">They are not there.</exception>
    public static byte[] Read(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new NutBytes(file);
        foreach (var value in NutFormat.FileId)
        {
            if (bytes.Byte() != value)
            {
                throw new InvalidDataException($"{path} is no NUT file");
            }
        }

        return [.. Packet(bytes, NutFormat.MainStartCode, path), .. Packet(bytes, NutFormat.StreamStartCode, path)];
    }

    static byte[] Packet(NutBytes bytes, ulong startCode, string path)
    {
        ulong code = 0;
        for (var i = 0; i < 8; i++)
        {
            code = code << 8 | bytes.Byte();
        }

        var length = bytes.Value();
        if (code != startCode || length is < sizeof(uint) or > 1 << 24)
        {
            throw new InvalidDataException($"{path} does not begin with NUT headers");
        }

        if (length > NutFormat.LongPacket)
        {
            bytes.Skip(sizeof(uint));
        }

        var data = new byte[(int)length];
        bytes.Fill(data);
        return data;
    }
}
