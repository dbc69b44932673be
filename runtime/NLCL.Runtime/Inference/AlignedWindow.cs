namespace NLCL.Runtime;

/// <summary>A frame and its neighbours, each neighbour shifted so that it shows the same place. Where it shows nothing of it, the frame stands for it.</summary>
readonly ref struct AlignedWindow<T>(T window, int width, int height, SceneMotion before, SceneMotion after) : IPixelSource
    where T : IPixelSource, allows ref struct
{
    readonly T _window = window;

    public int Window => 3;

    public bool IsAligned => true;

    public void Read(int frame, int x, int y, TargetRow row)
    {
        var motion = (frame % 3) switch { 0 => before, 1 => default(SceneMotion), _ => after };
        for (var at = 0; at < row.Length;)
        {
            var until = motion.Until(x + at, y, x + row.Length, out var shift) - x;
            Read(frame, x + at, y, shift, row[at..until]);
            at = until;
        }
    }

    void Read(int frame, int x, int y, PixelShift shift, TargetRow row)
    {
        var middle = frame - (frame % 3) + 1;
        var (from, to) = shift.Inside(x, row.Length, width);
        if (y + shift.Y < 0 || y + shift.Y >= height || from >= to)
        {
            _window.Read(middle, x, y, row);
            return;
        }
        _window.Read(frame, x + from + shift.X, y + shift.Y, row[from..to]);
        if (from > 0)
        {
            _window.Read(middle, x, y, row[..from]);
        }
        if (to < row.Length)
        {
            _window.Read(middle, x + to, y, row[to..]);
        }
    }
}
