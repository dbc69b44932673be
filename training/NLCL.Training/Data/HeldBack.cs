namespace NLCL.Training;

/// <summary>Which clean pictures and streak textures no training sees, so that pictures made of them can measure it.</summary>
public static class HeldBack
{
    /// <summary>What presets hold back: every tenth.</summary>
    public const int DefaultEvery = 10;

    /// <summary>Decided by the file's name alone: the same on every machine, whatever else is in the folder.</summary>
    /// <param name="file">Path or name of the file.</param>
    /// <param name="every">One in so many is held back; 0: none.</param>
    public static bool Is(string file, int every) =>
        // The lowest bit is spoken for: it decides the role of a file that holds both (PictureRoles).
        every > 0 && (StableHash.Of(Path.GetFileName(file)) >> 1) % (ulong)every == 0;
}
