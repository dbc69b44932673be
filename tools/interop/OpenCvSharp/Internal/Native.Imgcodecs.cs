using System.Runtime.InteropServices;

namespace OpenCvSharp.Internal;

static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "nlcl_cv_imread", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* Imread(string path, int flags, out nint mat);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_imread_multi", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* ImreadMulti(string path, int flags, out nint pages, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_imwrite", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* Imwrite(string path, InputArray img, int[]? parameters, int count, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_imwrite_multi", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* ImwriteMulti(string path, nint[] mats, int matCount, int[]? parameters, int count, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_imdecode")] public static partial Failure* Imdecode(byte* bytes, int length, int flags, out nint mat);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_imdecode_array")] public static partial Failure* ImdecodeArray(InputArray bytes, int flags, out nint mat);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_imencode", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* Imencode(string ext, InputArray img, int[]? parameters, int count, out nint bytes, out long length, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_have_image_reader", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* HaveImageReader(string path, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_have_image_writer", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* HaveImageWriter(string path, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_list_count")] public static partial int ListCount(nint list);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_list_take")] public static partial Failure* ListTake(nint list, nint* mats);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_list_delete")] public static partial void ListDelete(nint list);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_bytes_take")] public static partial void BytesTake(nint bytes, byte* buffer);
}
