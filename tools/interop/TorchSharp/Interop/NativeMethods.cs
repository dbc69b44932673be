using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The functions of Native/nlcl_torch.cpp. Those that return a pointer to text return null when all went well.</summary>
static unsafe partial class NativeMethods
{
    const string Library = "nlcl_torch";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* nlcl_operator(string name, string overload, out nint op);

    [LibraryImport(Library)]
    public static partial byte* nlcl_call(nint op, NativeValue* values, int count, out NativeValue* results, out int resultCount);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial nint nlcl_retain(nint handle);

    [LibraryImport(Library)]
    public static partial void nlcl_release(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long nlcl_live_handles();

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long nlcl_dimensions(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long nlcl_numel(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long nlcl_element_size(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long nlcl_storage_offset(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int nlcl_type(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int nlcl_device_type(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int nlcl_device_index(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int nlcl_is_contiguous(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial void nlcl_sizes(nint handle, long* sizes);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial void nlcl_strides(nint handle, long* strides);

    [LibraryImport(Library)]
    public static partial byte* nlcl_data(nint handle, out void* data);

    [LibraryImport(Library)]
    public static partial int nlcl_requires_grad(nint handle);

    [LibraryImport(Library)]
    public static partial int nlcl_is_leaf(nint handle);

    [LibraryImport(Library)]
    public static partial byte* nlcl_set_requires_grad(nint handle, int value);

    [LibraryImport(Library)]
    public static partial byte* nlcl_retain_grad(nint handle);

    [LibraryImport(Library)]
    public static partial byte* nlcl_grad(nint handle, out nint grad);

    [LibraryImport(Library)]
    public static partial byte* nlcl_set_grad(nint handle, nint grad);

    [LibraryImport(Library)]
    public static partial byte* nlcl_backward(
        nint[] outputs, int outputCount, nint[] grads, int gradCount, int retainGraph, int createGraph, nint[] inputs, int inputCount);

    [LibraryImport(Library)]
    public static partial byte* nlcl_gradients(
        nint[] outputs, int outputCount, nint[] inputs, int inputCount, nint[] grads, int gradCount,
        int retainGraph, int createGraph, int allowUnused, [Out] nint[] gradients);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int nlcl_grad_enabled();

    [LibraryImport(Library), SuppressGCTransition]
    public static partial void nlcl_set_grad_enabled(int enabled);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int nlcl_inference_enabled();

    [LibraryImport(Library)]
    public static partial nint nlcl_enter_inference(int enabled);

    [LibraryImport(Library)]
    public static partial void nlcl_leave_inference(nint mode);

    [LibraryImport(Library)]
    public static partial byte* nlcl_manual_seed(ulong seed);

    [LibraryImport(Library)]
    public static partial byte* nlcl_generator(int deviceType, int deviceIndex, ulong* seed, out nint generator);

    [LibraryImport(Library)]
    public static partial void nlcl_generator_release(nint generator);

    [LibraryImport(Library)]
    public static partial ulong nlcl_generator_seed(nint generator);

    [LibraryImport(Library)]
    public static partial byte* nlcl_generator_set_seed(nint generator, ulong seed);

    [LibraryImport(Library)]
    public static partial byte* nlcl_generator_state(nint generator, out nint state);

    [LibraryImport(Library)]
    public static partial byte* nlcl_generator_set_state(nint generator, nint state);

    [LibraryImport(Library)]
    public static partial byte* nlcl_version();

    [LibraryImport(Library)]
    public static partial int nlcl_threads();

    [LibraryImport(Library)]
    public static partial int nlcl_interop_threads();

    [LibraryImport(Library)]
    public static partial byte* nlcl_set_threads(int count);

    [LibraryImport(Library)]
    public static partial byte* nlcl_set_interop_threads(int count);

    [LibraryImport(Library)]
    public static partial int nlcl_cuda_devices();

    [LibraryImport(Library)]
    public static partial int nlcl_has_cudnn();

    [LibraryImport(Library)]
    public static partial byte* nlcl_cuda_synchronize(int deviceIndex);

    [LibraryImport(Library)]
    public static partial byte* nlcl_switch(int which, int set, ref int value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* nlcl_save(nint handle, string path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* nlcl_load(string path, out nint handle);

    /// <summary>What every call that can fail goes through: the native message becomes the original's exception type.</summary>
    public static void Check(byte* message)
    {
        if (message is not null)
        {
            throw new ExternalException(Marshal.PtrToStringUTF8((nint)message));
        }
    }
}
