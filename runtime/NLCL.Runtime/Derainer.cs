using System.Diagnostics.CodeAnalysis;

namespace NLCL.Runtime;

/// <summary>
/// Takes rain out of pictures with one model on one device. Safe for concurrent callers: each gets its own buffers, all
/// share the session and its threads. Dispose it when done; runs in flight finish first.
/// </summary>
/// <remarks>
/// Pictures and frames are to be as a screen shows them: upright, for networks have learned rain that falls and find none that flies from side to side; along an ordinary curve (sRGB, BT.709,
/// HLG), not PQ and not linear; and whole, not interlaced. <see cref="VideoDerainer"/> and <see cref="PictureFile"/> see to that, from what the file says.
/// </remarks>
public sealed partial class Derainer : IDisposable
{
    readonly DerainerOptions _options;
    readonly RunContextPool _pool;
    readonly YuvFramesPool _yuv = new();
    readonly Lazy<Derainer> _sideBySide;

    Derainer(OpenSession open, DerainerOptions options)
    {
        _sideBySide = new(OpenSideBySide);
        Model = open.Factory.Model;
        Device = open.Report;
        _options = options;
        _maxTilePixels = options.MaxTilePixelsOn(Device.Chosen);
        _pool = new RunContextPool(open.Factory, open.Session);
    }

    /// <summary>The file that runs: the one that was opened, or the variant beside it that <see cref="DerainerOptions.Precision"/> chose.</summary>
    public ModelFile Model { get; }

    /// <summary>What the model promises.</summary>
    public ModelContract Contract => Model.Contract;

    /// <summary>Which device runs it, and why.</summary>
    public DeviceReport Device { get; }

    /// <summary>Opens a model file, or the variant of it that <see cref="DerainerOptions.Precision"/> asks for.</summary>
    /// <exception cref="ModelFileException">The file is missing, broken, unsafe, or no NLCL model; or the variant is.</exception>
    /// <exception cref="DeviceException">The device that the options name is missing or refuses.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The derainer owns the session.")]
    public static Derainer Open(string modelPath, DerainerOptions? options = null)
    {
        options ??= new DerainerOptions();
        options.Validate();
        return new Derainer(DeviceSelection.Open(new ModelVariants(FedWithPlanes(ModelFile.Open(modelPath)), mayLookBeside: true), options), options);
    }

    /// <summary>Opens a model that was read and checked before: this file and no other.</summary>
    /// <exception cref="ModelFileException">ONNX Runtime refuses the graph, or its precision is not the one asked for.</exception>
    /// <exception cref="DeviceException">The device that the options name is missing or refuses.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The derainer owns the session.")]
    public static Derainer Open(ModelFile model, DerainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new DerainerOptions();
        options.Validate();
        return new Derainer(DeviceSelection.Open(new ModelVariants(FedWithPlanes(model), mayLookBeside: false), options), options);
    }

    static ModelFile FedWithPlanes(ModelFile model) => !model.Contract.TakesFrames
        ? model
        : throw new ModelFileException(model.Path, ["takes frames as bytes, this runtime feeds planes of floats"], "Take the file that was exported beside it without --bytes.");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_sideBySide.IsValueCreated)
        {
            _sideBySide.Value.Dispose();
        }
        _pool.Dispose();
        _yuv.Dispose();
    }
}
