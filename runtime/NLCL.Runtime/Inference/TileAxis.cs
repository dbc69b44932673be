namespace NLCL.Runtime;

/// <summary>
/// How one axis of a padded frame is covered by tiles of equal length. Tiles start at multiples of the size multiple, as the
/// whole frame does, so that strided layers fall on the same pixels; each shows only its core, which keeps the halo's
/// distance from every cut.
/// </summary>
readonly record struct TileAxis(int Frame, int Tile, int Step, int Halo)
{
    public int Count => Tile >= Frame ? 1 : 1 + ((Frame - Tile + Step - 1) / Step);

    /// <summary>Where tile <paramref name="index"/> starts; the last ones move inwards instead of reaching over the edge.</summary>
    public int Start(int index) => Math.Min(index * Step, Frame - Tile);

    /// <summary>First pixel that is taken from tile <paramref name="index"/>.</summary>
    public int CoreStart(int index) => index == 0 ? 0 : CoreEnd(index - 1);

    /// <summary>One past the last pixel that is taken from tile <paramref name="index"/>.</summary>
    public int CoreEnd(int index) => index == Count - 1 ? Frame : Start(index) + Tile - Halo;

    /// <summary>The axis in about <paramref name="count"/> tiles, or null where they would be all halo.</summary>
    public static TileAxis? Split(int frame, int count, int halo, int multiple)
    {
        if (count == 1)
        {
            return new TileAxis(frame, frame, frame, halo);
        }
        var overlap = RoundUp(2 * halo, multiple);
        var step = RoundUp((frame - overlap + count - 1) / count, multiple);
        // Two multiples at least, so that the pixels which padding mirrors lie in the same tile.
        return step >= multiple && step + overlap >= 2 * multiple && step + overlap < frame ? new TileAxis(frame, step + overlap, step, halo) : null;
    }

    public static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
