using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>
/// Page-locked host memory of a GPU, one allocator for each. Measured on an H200: a 1080p frame of floats goes up in 0.48 ms and comes down in
/// 0.47 ms, from ordinary memory in 4.2 and 1.9.
/// </summary>
static class PinnedMemory
{
    static readonly Lock s_gate = new();
    static readonly Dictionary<OrtEpDevice, OrtAllocator?> s_allocators = [];

    /// <returns>Null where the device has none.</returns>
    public static OrtAllocator? Of(OrtEpDevice device)
    {
        lock (s_gate)
        {
            if (!s_allocators.TryGetValue(device, out var allocator))
            {
                s_allocators[device] = allocator = Create(device);
            }
            return allocator;
        }
    }

    static OrtAllocator? Create(OrtEpDevice device)
    {
        try
        {
            return OrtEnv.Instance().CreateSharedAllocator(device, OrtDeviceMemoryType.HOST_ACCESSIBLE, OrtAllocatorType.DeviceAllocator, null);
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }
}
