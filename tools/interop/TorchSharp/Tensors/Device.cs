using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    static Device? s_defaultDevice;

    public static Device CUDA => InitializeDevice(new Device(DeviceType.CUDA));

    /// <summary>Where a tensor lives; for CUDA, index -1 is the current one.</summary>
    public class Device
    {
        public Device(string description)
        {
            var parts = description.Split(':');
            type = Parse(parts[0]);
            index = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : -1;
        }

        public Device(string deviceType, int index = -1)
        {
            type = Parse(deviceType);
            this.index = index;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(int index)
        {
            type = DeviceType.CUDA;
            this.index = index;
        }

        public DeviceType type { get; }

        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            var word = type switch { DeviceType.CPU => "cpu", DeviceType.CUDA => "cuda", _ => "meta" };
            return type == DeviceType.CPU || index < 0 ? word : $"{word}:{index}";
        }

        static DeviceType Parse(string word) => Enum.Parse<DeviceType>(word, ignoreCase: true);
    }

    public static Device device(string description) => InitializeDevice(new Device(description));

    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(int index) => new(DeviceType.CUDA, index);

    public static Device get_default_device() => s_defaultDevice ?? CPU;

    public static void set_default_device(Device device) => s_defaultDevice = device;

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType != DeviceType.CUDA || cuda.is_available();

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
        {
            throw new InvalidOperationException("This libtorch finds no CUDA device.");
        }
    }

    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    internal static bool IsSame([NotNullWhen(true)] Device? left, Device right) =>
        left is not null && left.type == right.type && (left.type == DeviceType.CPU || left.index == right.index);
}
