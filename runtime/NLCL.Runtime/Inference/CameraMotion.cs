namespace NLCL.Runtime;

/// <summary>
/// Where a neighbour shows what a frame shows: how the camera has turned, come nearer or rolled in between. Whole pixels, one shift for each cell of the
/// frame: what is moved so stays as sharp and as noisy as it was.
/// </summary>
/// <param name="X">Pixels to the right, in the middle of the frame.</param>
/// <param name="Y">Pixels down, in the middle.</param>
/// <param name="Growth">Pixels farther from the middle for each pixel of distance: the camera has come nearer.</param>
/// <param name="Roll">Pixels across for each pixel of distance, clockwise.</param>
/// <param name="MiddleX">Column of the middle.</param>
/// <param name="MiddleY">Row of the middle.</param>
readonly record struct CameraMotion(double X, double Y, double Growth = 0, double Roll = 0, double MiddleX = 0, double MiddleY = 0)
{
    /// <summary>Side of a cell, in pixels. Training cuts its synthetic clips in the same way.</summary>
    public const int Cell = 16;

    /// <summary>A camera that only turns: one shift for the whole frame.</summary>
    public static CameraMotion Turn(PixelShift shift) => new(shift.X, shift.Y);

    /// <summary>One shift holds for the whole frame.</summary>
    public bool IsTurn => Growth == 0 && Roll == 0;

    /// <summary>Before it is rounded.</summary>
    public (double X, double Y) At(double x, double y)
    {
        var (right, down) = (x - MiddleX, y - MiddleY);
        return (X + (Growth * right) - (Roll * down), Y + (Roll * right) + (Growth * down));
    }

    /// <summary>The shift of the cell that a pixel lies in.</summary>
    public PixelShift CellAt(int x, int y)
    {
        var (right, down) = At(x - (x % Cell) + ((Cell - 1) / 2.0), y - (y % Cell) + ((Cell - 1) / 2.0));
        return new((int)Math.Round(right), (int)Math.Round(down));
    }

    /// <summary>How badly it fits: sum of the truncated differences over what lies at least a margin inside, every second row.</summary>
    public long Error(GreenPyramid frame, GreenPyramid neighbour, int margin)
    {
        var (width, height) = frame.Size(0);
        var scene = new SceneMotion(this);
        var sum = 0L;
        for (var y = margin; y < height - margin; y += 2)
        {
            for (var x = margin; x < width - margin;)
            {
                var end = scene.Until(x, y, width - margin, out var shift);
                sum += TruncatedDifference.Sum(frame.Row(0, y)[x..end], neighbour.Row(0, y + shift.Y)[(x + shift.X)..(end + shift.X)]);
                x = end;
            }
        }
        return sum;
    }
}

/// <summary>Whole pixels to the right and down.</summary>
readonly record struct PixelShift(int X, int Y)
{
    /// <summary>Farther than any picture is wide, and small enough to be added to.</summary>
    public static PixelShift Nowhere { get; } = new(1 << 28, 0);

    /// <summary>The part of a piece of a row whose shifted pixels lie in the picture's columns.</summary>
    /// <param name="x">First column of the piece.</param>
    /// <param name="length">Of the piece.</param>
    /// <param name="width">Of the picture.</param>
    /// <returns>From and to, counted from the piece's first pixel; equal where there is none.</returns>
    public (int From, int To) Inside(int x, int length, int width) => (Math.Clamp(-X - x, 0, length), Math.Clamp(width - X - x, 0, length));
}
