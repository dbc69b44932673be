namespace NLCL.Runtime;

/// <summary>The device that was asked for cannot run the model. One line: what, where, what to do.</summary>
public sealed class DeviceException : Exception
{
    /// <summary>Puts device, finding and remedy into one line.</summary>
    public DeviceException(DeviceKind device, string found, string remedy, Exception? innerException = null)
        : base($"{device}: {found}. {remedy}", innerException) => Device = device;

    /// <summary>The device that was asked for.</summary>
    public DeviceKind Device { get; }
}
