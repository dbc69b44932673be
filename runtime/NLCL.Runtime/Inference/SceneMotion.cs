using System.Buffers;

namespace NLCL.Runtime;

/// <summary>
/// Where a neighbour shows what a frame shows: the camera's motion, and, where it has driven past things, how much farther those moved that are near. Dispose
/// gives the memory back.
/// </summary>
/// <param name="camera">Of most of the scene.</param>
/// <param name="farther">Rented; what blocks of the frame moved beside the camera's motion, row by row; null: nothing.</param>
/// <param name="blockSide">Of these blocks, in pixels; whole cells.</param>
/// <param name="columns">Of these blocks.</param>
readonly struct SceneMotion(CameraMotion camera, PixelShift[]? farther = null, int blockSide = 0, int columns = 0) : IDisposable
{
    public CameraMotion Camera => camera;

    /// <summary>One shift holds for the whole frame.</summary>
    public bool IsTurn => farther is null && camera.IsTurn;

    /// <summary>The neighbour shows everything where the frame shows it.</summary>
    public bool IsStill => farther is null && camera == default;

    /// <summary>The shift of the cell that a pixel lies in.</summary>
    public PixelShift CellAt(int x, int y)
    {
        var shift = camera.CellAt(x, y);
        if (farther is null)
        {
            return shift;
        }
        var own = farther[(y / blockSide * columns) + (x / blockSide)];
        return new(shift.X + own.X, shift.Y + own.Y);
    }

    /// <summary>The shift at a pixel, and how far it holds in the pixel's row.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="end">Column to stop at.</param>
    /// <param name="shift">From <paramref name="x"/> to the result.</param>
    public int Until(int x, int y, int end, out PixelShift shift)
    {
        shift = CellAt(x, y);
        if (IsTurn)
        {
            return end;
        }
        do
        {
            x += CameraMotion.Cell - (x % CameraMotion.Cell);
        }
        while (x < end && CellAt(x, y) == shift);
        return Math.Min(x, end);
    }

    public void Dispose()
    {
        if (farther is not null)
        {
            ArrayPool<PixelShift>.Shared.Return(farther);
        }
    }
}
