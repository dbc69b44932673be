using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace OpenCvSharp.Internal;

static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "nlcl_cv_split")] public static partial Failure* Split(InputArray src, nint* planes);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_merge")] public static partial Failure* Merge(nint[] mats, int count, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_mix_channels")] public static partial Failure* MixChannels(nint[] src, int srcCount, nint[] dst, int dstCount, int[]? pairs, int pairCount);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_extract_channel")] public static partial Failure* ExtractChannel(InputArray src, OutputArray dst, int channel);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_insert_channel")] public static partial Failure* InsertChannel(InputArray src, OutputArray dst, int channel);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_hconcat")] public static partial Failure* Hconcat(nint[] mats, int count, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_vconcat")] public static partial Failure* Vconcat(nint[] mats, int count, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_hconcat2")] public static partial Failure* Hconcat2(InputArray a, InputArray b, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_vconcat2")] public static partial Failure* Vconcat2(InputArray a, InputArray b, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_copy_to")] public static partial Failure* CopyTo(InputArray src, OutputArray dst, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_flip")] public static partial Failure* Flip(InputArray src, OutputArray dst, int how);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_rotate")] public static partial Failure* Rotate(InputArray src, OutputArray dst, int how);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_transpose")] public static partial Failure* Transpose(InputArray src, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_repeat")] public static partial Failure* Repeat(InputArray src, int ny, int nx, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_copy_make_border")] public static partial Failure* CopyMakeBorder(InputArray src, OutputArray dst, int top, int bottom, int left, int right, int border, Scalar value);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_border_interpolate")] public static partial Failure* BorderInterpolate(int p, int length, int border, out int result);
}
