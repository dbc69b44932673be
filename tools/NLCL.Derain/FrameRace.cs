using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NLCL.Runtime;
using OpenCvSharp;
using OpenCvSharp.Dnn;

namespace NLCL.Derain;

/// <summary>The median time of one contestant.</summary>
/// <param name="Name">Who.</param>
/// <param name="Milliseconds">Median time of a frame.</param>
/// <param name="IsPeer">Another engine with the same work: 8-bit frame in, 8-bit frame out.</param>
readonly record struct Lap(string Name, double Milliseconds, bool IsPeer);

/// <summary>
/// Runs NLCL's stages and its peers on one frame, in turn, round after round, so that a noisy machine is equally noisy to
/// all. Peers: ONNX Runtime as its tutorials show it (float tensor, a fresh result per frame), and OpenCV's own network
/// module; both do the conversions with OpenCV.
/// </summary>
sealed class FrameRace : IDisposable
{
    public const string EndToEnd = "NLCL, frame in to frame out";

    readonly Derainer _derainer;
    readonly int _width;
    readonly int _height;
    readonly byte[] _packed;
    readonly byte[] _packedResult;
    readonly float[] _rainy;
    readonly float[] _background;
    readonly Mat _frame;
    readonly InferenceSession? _plainSession;
    readonly Net? _net;

    public FrameRace(Derainer derainer, string modelPath, int width, int height, bool withPeers)
    {
        (_derainer, _width, _height) = (derainer, width, height);
        _packed = new byte[3 * width * height];
        new Random(1).NextBytes(_packed);
        _packedResult = new byte[_packed.Length];
        _rainy = new float[_packed.Length];
        _background = new float[_packed.Length];
        _frame = Mat.FromPixelData(height, width, MatType.CV_8UC3, _packed);
        int multiple = derainer.Contract.SizeMultiple;
        if (!withPeers || width % multiple != 0 || height % multiple != 0) { return; } // the peers cannot pad
        _plainSession = new InferenceSession(modelPath);
        try { _net = CvDnn.ReadNetFromOnnx(modelPath); }
        catch (OpenCVException) { Absent = "OpenCV DNN: this OpenCV cannot read the model (an operator that it does not know)"; }
    }

    /// <summary>Which peer does not take part, and why; null: all do.</summary>
    public string? Absent { get; }

    public IReadOnlyList<Lap> Run(int rounds, CancellationToken cancellation)
    {
        List<(string Name, Action Run, bool IsPeer)> contestants =
        [
            ("convert in", ConvertIn, false),
            ("network", Network, false),
            ("convert out", ConvertOut, false),
            (EndToEnd, () => { ConvertIn(); Network(); ConvertOut(); }, false),
        ];
        if (_plainSession is not null) { contestants.Add(("plain ONNX Runtime loop", PlainLoop, true)); }
        if (_net is not null) { contestants.Add(("OpenCV DNN", OpenCvLoop, true)); }

        double[][] times = [.. contestants.Select(_ => new double[rounds])];
        for (int round = -1; round < rounds; round++) // the first one warms up
        {
            for (int index = 0; index < contestants.Count; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                long start = Stopwatch.GetTimestamp();
                contestants[index].Run();
                if (round >= 0) { times[index][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds; }
            }
        }
        return [.. contestants.Zip(times, (contestant, all) => new Lap(contestant.Name, all.Order().ElementAt(rounds / 2), contestant.IsPeer))];
    }

    public void Dispose()
    {
        _frame.Dispose();
        _plainSession?.Dispose();
        _net?.Dispose();
    }

    void ConvertIn() => PixelConversion.ToPlanar(_packed, 3 * _width, PackedLayout.Bgr, _rainy, _width, _height);

    void Network() => _derainer.Derain(_rainy, _background, _width, _height);

    void ConvertOut() => PixelConversion.ToPacked(_background, _packedResult, 3 * _width, PackedLayout.Bgr, _width, _height);

    void PlainLoop()
    {
        using Mat blob = CvDnn.BlobFromImage(_frame, 1 / 255.0, swapRB: true);
        using Mat flat = blob.Reshape(1, 1);
        flat.GetArray(out float[] values);
        DenseTensor<float> tensor = new(values, [1, 3, _height, _width]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _plainSession!.Run([NamedOnnxValue.CreateFromTensor(ModelContract.InputName, tensor)]);
        ToFrame(results[0].AsTensor<float>().ToArray());
    }

    void OpenCvLoop()
    {
        using Mat blob = CvDnn.BlobFromImage(_frame, 1 / 255.0, swapRB: true);
        _net!.SetInput(blob);
        using Mat result = _net.Forward();
        using Mat flat = result.Reshape(1, 1);
        flat.GetArray(out float[] values);
        ToFrame(values);
    }

    /// <summary>Planar RGB back to 8-bit BGR with OpenCV alone.</summary>
    void ToFrame(float[] planar)
    {
        int plane = _width * _height;
        using Mat red = Mat.FromPixelData(_height, _width, MatType.CV_32FC1, planar[..plane]);
        using Mat green = Mat.FromPixelData(_height, _width, MatType.CV_32FC1, planar[plane..(2 * plane)]);
        using Mat blue = Mat.FromPixelData(_height, _width, MatType.CV_32FC1, planar[(2 * plane)..]);
        using Mat merged = new();
        Cv2.Merge([blue, green, red], merged);
        using Mat frame = new();
        merged.ConvertTo(frame, MatType.CV_8UC3, 255);
    }
}
