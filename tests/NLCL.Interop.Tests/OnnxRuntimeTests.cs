using System.Reflection;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Tests;

/// <summary>The binding and the native library as this build put them together.</summary>
public sealed class OnnxRuntimeTests
{
    static readonly byte[] Model = TinyOnnx.Model(1, 10, -100);

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(2, 5, 1)]
    public void A_session_runs_on_any_size(int n, int height, int width)
    {
        using var session = new InferenceSession(Model);
        using var run = new RunOptions();
        var input = Numbers(n, height, width);
        using var rainy = OrtValue.CreateTensorValueFromMemory(input, [n, 3, height, width]);
        using var results = session.Run(run, ["rainy"], [rainy], ["background"]);
        Assert.Equal([n, 3, height, width], results[0].GetTensorTypeAndShape().Shape);
        Assert.Equal(Expected(input, height * width), results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Bound_buffers_are_read_and_written_in_place()
    {
        using var session = new InferenceSession(Model);
        using var run = new RunOptions();
        using var binding = session.CreateIoBinding();
        var (input, output) = (Numbers(1, 4, 4), new float[48]);
        using var rainy = OrtValue.CreateTensorValueFromMemory(input, [1, 3, 4, 4]);
        using var background = OrtValue.CreateTensorValueFromMemory(output, [1, 3, 4, 4]);
        binding.BindInput("rainy", rainy);
        binding.BindOutput("background", background);
        for (var i = 0; i < 3; i++)
        {
            input[0] = i;
            session.RunWithBinding(run, binding);
            Assert.Equal(Expected(input, 16), output);
        }
    }

    [Fact]
    public void Options_metadata_and_version_are_what_the_project_is_designed_on()
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        using var session = new InferenceSession(Model, options);
        Assert.Equal("tiny", session.ModelMetadata.CustomMetadataMap["nlcl.name"]);
        Assert.Equal([-1, 3, -1, -1], session.InputMetadata["rainy"].Dimensions);
        // npm and NuGet are served at different versions.
        var stack = typeof(OnnxRuntimeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Stack").Value;
        Assert.StartsWith(stack == "distro" ? "1.29." : "1.31.", OrtEnv.Instance().GetVersionString(), StringComparison.Ordinal);
        Assert.Contains("CPUExecutionProvider", OrtEnv.Instance().GetAvailableProviders());
    }

    [Fact]
    public void A_damaged_model_is_refused_with_a_message()
    {
        var failure = Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(Model[..40]));
        Assert.NotEmpty(failure.Message);
    }

    [Fact]
    public void The_native_libraries_lie_beside_the_program()
    {
        var names = Directory.GetFiles(AppContext.BaseDirectory, "libonnxruntime*.so", SearchOption.AllDirectories).Select(Path.GetFileName);
        Assert.Contains("libonnxruntime.so", names);
        Assert.Contains("libonnxruntime_providers_shared.so", names);
    }

    static float[] Numbers(int n, int height, int width) => [.. Enumerable.Range(0, n * 3 * height * width).Select(i => i - 7.5f)];

    static float[] Expected(float[] input, int plane)
    {
        float[] offset = [1, 10, -100];
        return [.. input.Select((value, i) => Math.Max(0, value + offset[i / plane % 3]))];
    }
}
