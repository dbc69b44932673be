using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// The pictures of one domain. Each is decoded once and kept as 8-bit BGR while the pool's share of memory lasts; the rest is
/// decoded again at each use. What cannot be read is skipped and remembered. Safe to use from several threads.
/// </summary>
sealed class PicturePool(string role, IReadOnlyList<TrainingPicture> pictures, long budgetBytes) : IDisposable
{
    /// <summary>So many unreadable draws in a row mean that the folder is bad, not a file.</summary>
    const int MostAttempts = 100;

    /// <summary>A shorter side, enlarged to a crop, is a blur that teaches nothing.</summary>
    const int SmallestSide = 16;

    readonly Mat?[] _kept = new Mat?[pictures.Count];
    readonly Dictionary<int, string> _unreadable = [];
    readonly Lock _lock = new();
    long _keptBytes;

    public int Count => pictures.Count;

    public string Role { get; } = role;

    /// <summary>One line for each picture that could not be read.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_lock) { return [.. _unreadable.OrderBy(pair => pair.Key).Select(pair => pair.Value)]; }
        }
    }

    /// <summary>Draws a readable picture.</summary>
    /// <param name="random">Decides which; an unreadable picture costs one draw more, the same one in every run.</param>
    /// <returns>8UC3; the caller disposes it and must not write into it.</returns>
    public Mat LoadRandom(Random random)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (Load(random.Next(pictures.Count)) is { } picture) { return picture; }
        }
        throw new TrainingException($"Of the {Role} pictures {MostAttempts} in a row could not be read; the first: {Warnings[0]}");
    }

    /// <summary>Loads a picture by index; null when it cannot be read.</summary>
    public Mat? Load(int index)
    {
        lock (_lock)
        {
            if (_unreadable.ContainsKey(index)) { return null; }
            if (_kept[index] is { } kept) { return View(kept); }
        }
        try
        {
            Mat picture = ToEightBit(pictures[index].Folder.Read(pictures[index].File));
            if (Math.Min(picture.Width, picture.Height) >= SmallestSide) { return Keep(index, picture); }
            Skip(index, $"{picture.Width}x{picture.Height} pixels; a side must have {SmallestSide} or more.");
            picture.Dispose();
            return null;
        }
#pragma warning disable CA1031 // Whatever a broken file makes the decoder throw, the file is skipped and reported.
        catch (Exception failure) when (failure is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            Skip(index, failure.Message);
            return null;
        }
    }

    public void Dispose()
    {
        foreach (Mat? kept in _kept) { kept?.Dispose(); }
    }

    void Skip(int index, string reason)
    {
        string file = pictures[index].File;
        lock (_lock) { _unreadable.TryAdd(index, reason.StartsWith(file, StringComparison.Ordinal) ? $"skipped: {reason}" : $"{file}: skipped: {reason}"); }
    }

    Mat Keep(int index, Mat picture)
    {
        long bytes = picture.Total() * picture.ElemSize();
        lock (_lock)
        {
            // Another thread may have decoded the same picture meanwhile: one copy is enough.
            if (_kept[index] is null && _keptBytes + bytes <= budgetBytes)
            {
                _kept[index] = picture;
                _keptBytes += bytes;
                return View(picture);
            }
        }
        return picture;
    }

    /// <summary>A second header on the same pixels, so that the caller may dispose what it got in every case.</summary>
    static Mat View(Mat kept) => new(kept, new Rect(0, 0, kept.Width, kept.Height));

    /// <summary>A picture as 8-bit BGR. Takes ownership of what it gets; the caller disposes what comes back.</summary>
    public static Mat ToEightBit(Mat read)
    {
        using (read)
        {
            using Mat eightBit = new();
            double scale = read.Depth() switch
            {
                MatType.CV_8U => 1,
                MatType.CV_16U => 1 / 257.0,
                _ => 255,
            };
            read.ConvertTo(eightBit, MatType.MakeType(MatType.CV_8U, read.Channels()), scale);
            Mat colour = new();
            switch (read.Channels())
            {
                case 1: Cv2.CvtColor(eightBit, colour, ColorConversionCodes.GRAY2BGR); break;
                case 4: Cv2.CvtColor(eightBit, colour, ColorConversionCodes.BGRA2BGR); break;
                default: eightBit.CopyTo(colour); break;
            }
            return colour;
        }
    }
}
