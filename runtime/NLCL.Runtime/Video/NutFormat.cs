namespace NLCL.Runtime;

/// <summary>
/// Constants of the NUT container, which carries raw frames through the pipes: bare raw video would have no timestamps.
/// Source: the NUT specification, version 3 (Niedermayer, Gabucino, Felker, Noé).
/// </summary>
static class NutFormat
{
    /// <summary>Opens every file, with the terminating zero.</summary>
    public static ReadOnlySpan<byte> FileId => "nut/multimedia container\0"u8;

    public const ulong MainStartCode = 0x4E4D_7A56_1F5F_04AD;
    public const ulong StreamStartCode = 0x4E53_1140_5BF2_F9DB;
    public const ulong SyncpointStartCode = 0x4E4B_E4AD_EECA_4569;
    public const ulong InfoStartCode = 0x4E49_AB68_B596_BA78;

    // A packet longer than this has a checksum of its header too.
    public const int LongPacket = 4096;

    public const ulong FlagKey = 1;
    public const ulong FlagCodedPts = 8;
    public const ulong FlagStreamId = 16;
    public const ulong FlagSizeMsb = 32;
    public const ulong FlagChecksum = 64;
    public const ulong FlagReserved = 128;
    public const ulong FlagHeaderIndex = 1024;
    public const ulong FlagMatchTime = 2048;
    public const ulong FlagCoded = 4096;
    public const ulong FlagInvalid = 8192;

    static readonly uint[] s_table = MakeTable();

    /// <summary>CRC-32 with polynomial 0x04C11DB7, highest bit first, start value 0, not inverted.</summary>
    public static uint Checksum(ReadOnlySpan<byte> data)
    {
        uint crc = 0;
        foreach (var value in data)
        {
            crc = crc << 8 ^ s_table[crc >> 24 ^ value];
        }

        return crc;
    }

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var crc = i << 24;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000_0000) != 0 ? crc << 1 ^ 0x04C1_1DB7 : crc << 1;
            }

            table[i] = crc;
        }

        return table;
    }
}
