using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>Another engine: 8-bit BGR frame in, 8-bit BGR frame out.</summary>
interface IPeer : IDisposable
{
    string Name { get; }

    void Run(byte[] rainy, byte[] background, int width, int height);
}

/// <summary>
/// The same model as ONNX Runtime's C# tutorials run one: a new float tensor per frame, filled pixel by pixel, and a new result,
/// read pixel by pixel. Session options as they come, but with as many threads as NLCL has.
/// </summary>
sealed class TutorialLoop : IPeer
{
    readonly InferenceSession _session;

    public TutorialLoop(string model, int threads)
    {
        using SessionOptions options = new() { IntraOpNumThreads = threads };
        _session = new InferenceSession(model, options);
    }

    public string Name => "plain ONNX Runtime loop";

    public void Run(byte[] rainy, byte[] background, int width, int height)
    {
        DenseTensor<float> input = new([1, 3, height, width]);
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, at += 3)
            {
                input[0, 0, y, x] = rainy[at + 2] / 255f;
                input[0, 1, y, x] = rainy[at + 1] / 255f;
                input[0, 2, y, x] = rainy[at] / 255f;
            }
        }
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run([NamedOnnxValue.CreateFromTensor(ModelContract.InputName, input)]);
        Tensor<float> output = results[0].AsTensor<float>();
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, at += 3)
            {
                background[at + 2] = Code(output[0, 0, y, x]);
                background[at + 1] = Code(output[0, 1, y, x]);
                background[at] = Code(output[0, 2, y, x]);
            }
        }
    }

    public void Dispose() => _session.Dispose();

    static byte Code(float value) => (byte)Math.Clamp((value * 255f) + 0.5f, 0f, 255f);
}
