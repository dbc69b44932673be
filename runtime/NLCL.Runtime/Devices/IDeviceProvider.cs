using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>One way to run the network. Adding a device means adding one of these to <see cref="DeviceSelection"/>.</summary>
interface IDeviceProvider
{
    DeviceKind Kind { get; }

    /// <summary>ONNX Runtime's name, as in its list of available providers.</summary>
    string ProviderName { get; }

    /// <summary>True where bound host tensors are read in place, so that a binding once made stays fresh.</summary>
    bool SharesHostMemory { get; }

    /// <summary>What to install or set when the provider is missing or refuses.</summary>
    string Remedy { get; }

    /// <summary>Null where the provider can be tried, otherwise what is missing.</summary>
    string? Absence(DerainerOptions options);

    /// <summary>The device as ONNX Runtime's tensors can live on it; null: they stay on the host.</summary>
    OrtEpDevice? Device(DerainerOptions options);

    /// <summary>Of host memory that the device copies at full speed; null: any will do.</summary>
    OrtAllocator? HostMemory(DerainerOptions options);

    /// <param name="session">Gets the device.</param>
    /// <param name="model">That will run on it.</param>
    /// <param name="options">The caller's.</param>
    /// <param name="form">Of convolutions, where the device knows several.</param>
    /// <exception cref="OnnxRuntimeException">The native side refuses, for example for want of a driver.</exception>
    void Configure(SessionOptions session, ModelFile model, DerainerOptions options, ConvolutionForm form);
}
