using Microsoft.ML.OnnxRuntime.Tensors;

namespace NLCL.Runtime;

/// <summary>
/// What one run takes: so many tiles of one size, each alone or with the same tile of the frames around it, as planes of floats; or the samples of
/// one frame.
/// </summary>
/// <param name="Frames">Tiles of a run.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Window">Frames that the network sees to make one, see <see cref="ModelContract.Frames"/>.</param>
/// <param name="Compiles">So many frames of it are to come, with nothing slower than the network around them, that a second or two at the start pay.</param>
/// <param name="GivesRain">The output is the rain layer in one channel, see <see cref="RainGraph"/>.</param>
/// <param name="Samples">Null: planar RGB of floats. Else one frame of any size goes in and comes out as samples, see <see cref="SampleGraph"/>.</param>
readonly record struct TileShape(int Frames, int Width, int Height, int Window = 1, bool Compiles = false, bool GivesRain = false, SampleFormat? Samples = null)
{
    const int Colours = 3;

    /// <summary>Float values of the output: planar RGB, or the rain layer.</summary>
    public int OutputLength => checked(OutputChannels * Frames * Width * Height);

    /// <summary>Float values of the input: planar RGB of each frame of each window.</summary>
    public int InputLength => checked(Window * Colours * Frames * Width * Height);

    public int InputBytes => Samples is { } format ? BytesOf(format) : checked(sizeof(float) * InputLength);

    public int OutputBytes => Samples is { } format ? BytesOf(format) : checked(sizeof(float) * OutputLength);

    public TensorLayout InputTensor => Samples is { } format
        ? TensorLayout.Of(SampleGraph.InputName, format, Width, Height)
        : new(ModelContract.InputName, TensorElementType.Float, [Frames, Colours * Window, Height, Width]);

    public TensorLayout OutputTensor => Samples is { } format
        ? TensorLayout.Of(SampleGraph.OutputName, format, Width, Height)
        : new(GivesRain ? RainGraph.OutputName : ModelContract.OutputName, TensorElementType.Float, [Frames, OutputChannels, Height, Width]);

    int OutputChannels => GivesRain ? 1 : Colours;

    int BytesOf(SampleFormat format) => checked(format.BytesPerSample * format.Count(Width, Height));
}
