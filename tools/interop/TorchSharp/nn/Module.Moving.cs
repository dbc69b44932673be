using System;
using System.Linq;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking) => Move(device, Real(dtype), non_blocking);

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                Move(new(deviceType, deviceIndex), null, non_blocking);

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking) => Move(null, Real(dtype), non_blocking);

            internal T Placed<T>(Device? device, ScalarType? dtype) where T : Module =>
                (T)_to(InitializeDevice(device), dtype ?? get_default_dtype(), false);

            static ScalarType Real(ScalarType dtype) =>
                dtype.IsFloatingPoint() || dtype.IsComplex()
                    ? dtype
                    : throw new ArgumentException(
                        $"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}");

            /// <summary>
            /// Replaces what has to change by detached copies, in the registers and in the fields; gradients move along.
            /// </summary>
            Module Move(Device? device, ScalarType? dtype, bool nonBlocking)
            {
                if (device is not null)
                {
                    InitializeDeviceType(device.type);
                    (_deviceType, _deviceIndex) = (device.type, device.type == DeviceType.CPU ? -1 : device.index);
                }
                foreach (var child in children().ToList())
                {
                    child.Move(device, dtype, nonBlocking);
                }

                using var mode = no_grad();
                var fields = Components().Where(component => typeof(Tensor).IsAssignableFrom(component.Field.FieldType))
                    .ToDictionary(component => component.Name, component => component.Field);
                foreach (var (name, parameter) in _internal_params.ToList())
                {
                    if (Moved(parameter, device, dtype, nonBlocking) is not { } moved)
                    {
                        continue;
                    }
                    var replacement = new Parameter(moved, parameter.requires_grad);
                    replacement.DetachFromDisposeScope();
                    using (var gradient = parameter.grad)
                    {
                        if (gradient is not null)
                        {
                            using var movedGradient = Moved(gradient, device, dtype, nonBlocking) ?? gradient.alias();
                            replacement.grad = movedGradient;
                        }
                    }
                    parameter.DetachFromDisposeScope().Dispose();
                    _internal_params[name] = replacement;
                    if (fields.TryGetValue(name, out var field))
                    {
                        field.SetValue(this, replacement);
                    }
                }
                foreach (var (name, (buffer, persistent)) in _internal_buffers.ToList())
                {
                    if (Moved(buffer, device, dtype, nonBlocking) is not { } moved)
                    {
                        continue;
                    }
                    moved.DetachFromDisposeScope();
                    buffer.DetachFromDisposeScope().Dispose();
                    _internal_buffers[name] = (moved, persistent);
                    if (fields.TryGetValue(name, out var field))
                    {
                        field.SetValue(this, moved);
                    }
                }
                return this;
            }

            static Tensor? Moved(Tensor tensor, Device? device, ScalarType? dtype, bool nonBlocking)
            {
                var targetType = tensor.is_floating_point() || tensor.is_complex() ? dtype ?? tensor.dtype : tensor.dtype;
                var targetDevice = device ?? tensor.device;
                var stays = targetType == tensor.dtype && targetDevice.type == tensor.device_type
                    && (targetDevice.index < 0 || targetDevice.index == tensor.device_index || targetDevice.type == DeviceType.CPU);
                return stays ? null : tensor.to(targetType, targetDevice, non_blocking: nonBlocking);
            }
        }
    }
}

/// <summary>to() and its kin keep the module's own type, hence methods outside it.</summary>
public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(device, type, non_blocking);

    public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(device.type, device.index, non_blocking);

    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(deviceType, deviceIndex, non_blocking);

    public static T to<T>(this T module, string device, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(new torch.Device(device), non_blocking);

    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(type, non_blocking);

    public static T to<T>(this T module, torch.Tensor other, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(other, non_blocking);

    public static T cpu<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(DeviceType.CPU, -1, non_blocking);

    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(DeviceType.CUDA, deviceIndex, non_blocking);

    public static T half<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(torch.ScalarType.Float16, non_blocking);

    public static T bfloat16<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(torch.ScalarType.BFloat16, non_blocking);

    public static T @float<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(torch.ScalarType.Float32, non_blocking);

    public static T @double<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(torch.ScalarType.Float64, non_blocking);
}
