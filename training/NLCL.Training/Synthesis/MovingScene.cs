using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// Clean frames around one, made of stills: a camera turns over a picture, may come nearer and roll, and a piece of another picture may cross it. All
/// move evenly and by fractions of a pixel; the frame at time 0 is as sharp as the pictures.
/// </summary>
sealed class MovingScene : IDisposable
{
    // From frame to frame.
    const double MostGrowth = 0.04, MostRoll = 1.5 * Math.PI / 180;

    readonly Mat _scene;
    readonly Mat? _thing;
    readonly int _side;
    readonly int _margin;
    readonly Point2d _thingMove;
    readonly bool _aligned;
    readonly double _growth;
    readonly double _roll;
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
        Mat frame = Seen(_scene, Turned(time * Pan.X), Turned(time * Pan.Y), 1 + (time * _growth), time * _roll);
        if (_thing is null) { return frame; }
        using Mat piece = Seen(_thing, -time * _thingMove.X, -time * _thingMove.Y);
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

    double Turned(double pixels) => _aligned ? pixels - Math.Round(pixels) : pixels;

    /// <param name="picture">What is looked at.</param>
    /// <param name="x">Right of its middle.</param>
    /// <param name="y">Below its middle.</param>
    /// <param name="scale">Of the picture in a pixel of the frame.</param>
    /// <param name="angle">That the camera has rolled.</param>
    Mat Seen(Mat picture, double x, double y, double scale = 1, double angle = 0)
    {
        double middle = (_side - 1) / 2.0, across = scale * Math.Cos(angle), down = scale * Math.Sin(angle);
        // Cubic: linear interpolation blurs, and would show which frame lies between pixels.
        Mat seen = AffineView.Of(
            picture, new Size(_side, _side),
            (across, -down, _margin + x + middle - ((across - down) * middle)), (down, across, _margin + y + middle - ((down + across) * middle)),
            InterpolationFlags.Cubic, BorderTypes.Reflect101);
        // A cubic overshoots at edges.
        foreach (ref float value in seen.Floats()) { value = Math.Clamp(value, 0, 1); }
        return seen;
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
