using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// Clean frames around one, made of stills: a camera turns over a picture, may come nearer and roll, or drive past, and a piece of another picture may cross it. All
/// move evenly and by fractions of a pixel; the frame at time 0 is as sharp as the pictures.
/// </summary>
sealed class MovingScene : IDisposable
{
    // From frame to frame.
    const double MostGrowth = 0.04, MostRoll = 1.5 * Math.PI / 180;

    // How much farther than the far scene the nearest moves, as a share of the far scene's way.
    const double FastestPass = 2;

    // As the runtime shifts neighbours back: each cell of so many pixels by whole pixels of its own.
    const int Cell = 16;

    readonly Mat _scene;
    readonly Mat? _thing;
    readonly int _side;
    readonly int _margin;
    readonly Point2d _thingMove;
    readonly bool _aligned;
    readonly double _growth;
    readonly double _roll;
    readonly double _horizon;
    readonly Point2d _nearer;
    readonly Ellipse _shape;

    MovingScene(Mat scene, Mat? thing, int side, Random random, SceneMotionOptions motion)
    {
        (_scene, _thing, _side) = (scene, thing, side);
        _margin = Margin(motion);
        bool moves = random.NextDouble() >= motion.Fixed;
        Pan = moves ? Move(motion, random) : default;
        if (moves && random.NextDouble() < motion.Zoom)
        {
            (_growth, _roll) = (MostGrowth * Signed(random), MostRoll * Signed(random));
        }
        _aligned = random.NextDouble() < motion.Aligned;
        _thingMove = Move(motion, random);
        _shape = new Ellipse(
            side * random.NextDouble(), side * random.NextDouble(), side * (0.08 + (0.22 * random.NextDouble())), side * (0.08 + (0.22 * random.NextDouble())), 1 + (3 * random.NextDouble()));
        if (!moves || random.NextDouble() >= motion.Passing) { return; }
        // What is near moves faster: the ground from the horizon down, and the thing, which stands upright. Shifted back, they move by what they move more.
        (_growth, _roll, _horizon) = (0, 0, side * 0.8 * random.NextDouble());
        double groundShare = FastestPass * random.NextDouble(), thingShare = (_aligned ? 0 : 1) + (FastestPass * random.NextDouble());
        _nearer = new(groundShare * Pan.X, groundShare * Pan.Y);
        _thingMove = new(-thingShare * Pan.X, -thingShare * Pan.Y);
        _shape = _shape with { RadiusY = _shape.RadiusY * (1 + (3 * random.NextDouble())) };
    }

    /// <summary>Pixels that the camera turns to the right and down from frame to frame.</summary>
    public Point2d Pan { get; }

    /// <summary>Draws a scene.</summary>
    /// <param name="picture">8UC3.</param>
    /// <param name="other">8UC3, where a moving thing is cut from.</param>
    /// <param name="side">Side of the frames.</param>
    /// <param name="motion">What moves, and how far.</param>
    /// <param name="smallestScale">As for <see cref="CropSampler.Cut"/>.</param>
    /// <param name="random">The only source of chance.</param>
    public static MovingScene Draw(Mat picture, Mat other, int side, SceneMotionOptions motion, double smallestScale, Random random)
    {
        int whole = side + (2 * Margin(motion));
        Mat scene = CropSampler.Cut(picture, whole, random, smallestScale, turn: true);
        Mat? thing = random.NextDouble() < motion.Thing ? CropSampler.Cut(other, whole, random, smallestScale, turn: true) : null;
        return new MovingScene(scene, thing, side, random, motion);
    }

    /// <summary>The clean frame at a time.</summary>
    /// <param name="time">In frames, -1 to 1.</param>
    /// <returns>32FC3, 0..1; the caller disposes it.</returns>
    public Mat Frame(int time)
    {
        View view = View.Around(_side, _margin, time * Pan.X, time * Pan.Y, 1 + (time * _growth), time * _roll);
        Mat frame = _aligned ? Aligned(_scene, view) : Seen(_scene, view, new Size(_side, _side));
        CoverGround(frame, view, time);
        if (_thing is null) { return frame; }
        using Mat piece = Seen(_thing, View.Around(_side, _margin, -time * _thingMove.X, -time * _thingMove.Y), new Size(_side, _side));
        _shape.Moved(time * _thingMove.X, time * _thingMove.Y).Cover(frame.Floats(), piece.Floats(), _side);
        return frame;
    }

    public void Dispose()
    {
        _scene.Dispose();
        _thing?.Dispose();
    }

    static int Margin(SceneMotionOptions motion) => (int)Math.Ceiling(motion.Farthest) + 2;

    static Point2d Move(SceneMotionOptions motion, Random random)
    {
        double angle = Math.Tau * random.NextDouble(), length = motion.Farthest * Math.Pow(random.NextDouble(), 2);
        return new(length * Math.Cos(angle), length * Math.Sin(angle));
    }

    // Small values are more frequent.
    static double Signed(Random random)
    {
        double value = (2 * random.NextDouble()) - 1;
        return value * Math.Abs(value);
    }

    /// <summary>Each cell from where the view shows, to the pixel, what the frame at time 0 has in the cell's middle.</summary>
    Mat Aligned(Mat picture, View view)
    {
        // Where the camera only turns, all cells are shifted alike.
        int side = view.IsTurned ? _side : Cell;
        Mat aligned = new(_side, _side, MatType.CV_32FC3);
        for (int top = 0; top < _side; top += side)
        {
            for (int left = 0; left < _side; left += side)
            {
                Rect cell = new(left, top, Math.Min(side, _side - left), Math.Min(side, _side - top));
                using Mat part = Seen(picture, ShiftedBack(view, cell), cell.Size);
                using Mat place = new(aligned, cell);
                part.CopyTo(place);
            }
        }
        return aligned;
    }

    /// <summary>The view by whole pixels from where it shows what the frame at time 0 has in the middle of a cell.</summary>
    View ShiftedBack(View view, Rect cell)
    {
        double middleX = (cell.Width - 1) / 2.0, middleY = (cell.Height - 1) / 2.0;
        (double x, double y) = view.ShowsAt(_margin + cell.X + middleX, _margin + cell.Y + middleY);
        return view.From(Math.Round(x - middleX), Math.Round(y - middleY));
    }

    /// <summary>What lies below the horizon, the farther down the nearer, where the camera drives past.</summary>
    void CoverGround(Mat frame, View view, int time)
    {
        int top = (int)_horizon;
        if (_nearer == default || time == 0) { return; }
        Rect below = new(0, top, _side, _side - top);
        View far = (_aligned ? ShiftedBack(view, new Rect(0, 0, _side, _side)) : view).From(0, top);
        using Mat ground = Seen(_scene, far, below.Size, time * _nearer.X / below.Height, time * _nearer.Y / below.Height);
        using Mat place = new(frame, below);
        ground.CopyTo(place);
    }

    /// <param name="picture">What is looked at.</param>
    /// <param name="view">From where.</param>
    /// <param name="size">Of what is seen.</param>
    /// <param name="slantX">Columns of the picture that each row looks farther to the right.</param>
    /// <param name="slantY">Rows of the picture that each row looks farther down.</param>
    static Mat Seen(Mat picture, View view, Size size, double slantX = 0, double slantY = 0)
    {
        // Cubic: linear interpolation blurs, and would show which frame lies between pixels.
        Mat seen = AffineView.Of(picture, size, (view.Across, slantX - view.Down, view.X), (view.Down, slantY + view.Across, view.Y), InterpolationFlags.Cubic, BorderTypes.Reflect101);
        // A cubic overshoots at edges.
        foreach (ref float value in seen.Floats()) { value = Math.Clamp(value, 0, 1); }
        return seen;
    }

    /// <summary>Where a camera that has turned, come nearer and rolled looks at a picture.</summary>
    /// <param name="X">The picture's column at the view's first pixel.</param>
    /// <param name="Y">The picture's row there.</param>
    /// <param name="Across">Columns of the picture for a column of the view, and rows for a row.</param>
    /// <param name="Down">Rows of the picture for a column of the view.</param>
    readonly record struct View(double X, double Y, double Across, double Down)
    {
        /// <param name="side">Of the view, in the picture's middle.</param>
        /// <param name="margin">Of the picture, around the view.</param>
        /// <param name="x">Right of the middle.</param>
        /// <param name="y">Below the middle.</param>
        /// <param name="scale">Of the picture in a pixel of the view.</param>
        /// <param name="angle">That the camera has rolled.</param>
        public static View Around(int side, int margin, double x, double y, double scale = 1, double angle = 0)
        {
            double middle = (side - 1) / 2.0, across = scale * Math.Cos(angle), down = scale * Math.Sin(angle);
            return new(margin + x + middle - ((across - down) * middle), margin + y + middle - ((down + across) * middle), across, down);
        }

        /// <summary>Neither nearer nor rolled.</summary>
        public bool IsTurned => Across == 1 && Down == 0;

        /// <summary>The same view from one of its pixels on.</summary>
        public View From(double column, double row) => this with { X = X + (Across * column) - (Down * row), Y = Y + (Down * column) + (Across * row) };

        /// <summary>The pixel of the view that shows a place in the picture.</summary>
        public (double Column, double Row) ShowsAt(double x, double y)
        {
            double size = (Across * Across) + (Down * Down);
            return (((Across * (x - X)) + (Down * (y - Y))) / size, ((Across * (y - Y)) - (Down * (x - X))) / size);
        }
    }

    /// <summary>A disc with a soft edge, pressed flat.</summary>
    readonly record struct Ellipse(double X, double Y, double RadiusX, double RadiusY, double Softness)
    {
        public Ellipse Moved(double x, double y) => this with { X = X + x, Y = Y + y };

        /// <summary>Puts what it covers of one picture over another, both <c>[side, side, 3]</c>.</summary>
        public void Cover(Span<float> picture, ReadOnlySpan<float> piece, int side)
        {
            double smaller = Math.Min(RadiusX, RadiusY);
            for (int at = 0; at < side * side; at++)
            {
                double across = ((at % side) - X) / RadiusX, down = ((at / side) - Y) / RadiusY;
                float share = (float)Math.Clamp((1 - Math.Sqrt((across * across) + (down * down))) * smaller / Softness, 0, 1);
                if (share == 0) { continue; }
                for (int channel = 3 * at; channel < (3 * at) + 3; channel++) { picture[channel] += share * (piece[channel] - picture[channel]); }
            }
        }
    }
}
