using System.Runtime.InteropServices;
using OpenCvSharp.Dnn;

namespace OpenCvSharp.Internal;

static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "nlcl_net_from_onnx", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* NetFromOnnx(string path, out nint net);
    [LibraryImport(Library, EntryPoint = "nlcl_net_from_onnx_bytes")] public static partial Failure* NetFromOnnx(byte* bytes, long length, out nint net);
    [LibraryImport(Library, EntryPoint = "nlcl_net_delete")] public static partial void NetDelete(nint net);
    [LibraryImport(Library, EntryPoint = "nlcl_net_empty")] public static partial Failure* NetEmpty(Net net, out int empty);
    [LibraryImport(Library, EntryPoint = "nlcl_net_set_input", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* NetSetInput(Net net, Mat blob, string name);
    [LibraryImport(Library, EntryPoint = "nlcl_net_forward", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* NetForward(Net net, string name, out nint result);
    [LibraryImport(Library, EntryPoint = "nlcl_net_set_backend")] public static partial Failure* NetSetBackend(Net net, int id);
    [LibraryImport(Library, EntryPoint = "nlcl_net_set_target")] public static partial Failure* NetSetTarget(Net net, int id);
    [LibraryImport(Library, EntryPoint = "nlcl_dnn_blob")] public static partial Failure* DnnBlob(InputArray image, double scale, Size size, Scalar mean, int swap, int crop, out nint blob);
}
