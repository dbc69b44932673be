// Camera MODEL SOURCE [FRAMES]: derains a camera (0, 1, ...), a stream's address or a file, and says how fast.
using System.Diagnostics;
using System.Globalization;
using NLCL.Runtime;
using OpenCvSharp;

if (args.Length is not (2 or 3))
{
    Console.Error.WriteLine("usage: Camera MODEL SOURCE [FRAMES]");
    return 2;
}
int most = args.Length == 3 ? int.Parse(args[2], CultureInfo.InvariantCulture) : int.MaxValue;
using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

using Derainer derainer = Derainer.Open(args[0]);
using VideoCapture camera = int.TryParse(args[1], out int number) ? new VideoCapture(number) : new VideoCapture(args[1]);
if (!camera.IsOpened())
{
    Console.Error.WriteLine($"{args[1]}: no camera, stream or file that OpenCV can open");
    return 3;
}
// One Mat for all frames: read into it, derain it where it lies, use it.
using Mat frame = new();
long start = Stopwatch.GetTimestamp();
int frames = 0;
try
{
    for (; frames < most && camera.Read(frame) && !frame.Empty(); frames++)
    {
        derainer.Derain(frame, frame, stop.Token);
        // Here the frame goes to a screen, a detector, an encoder.
    }
}
catch (OperationCanceledException)
{
    // Ctrl-C: the frames so far count.
}
double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{frames} frames of {frame.Width}x{frame.Height} on {derainer.Device}: {frames / seconds:0.0} a second"));
return 0;
