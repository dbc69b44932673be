using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace OpenCvSharp.Internal;

[StructLayout(LayoutKind.Sequential)]
struct MatInfo
{
    public int Flags, Dims, Rows, Cols;
    public nint Data, DataStart, DataEnd, DataLimit;
    public long Step, Total, ElemSize, ElemSize1;
}

static unsafe partial class Native
{
    const string Library = "nlcl_opencv";

    [LibraryImport(Library, EntryPoint = "nlcl_mat_new")] public static partial Failure* MatNew(out nint mat);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_delete")] public static partial void MatDelete(nint mat);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_new_sized")] public static partial Failure* MatNew(int rows, int cols, int type, out nint mat);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_new_filled")] public static partial Failure* MatNew(int rows, int cols, int type, Scalar value, out nint mat);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_new_over")] public static partial Failure* MatNew(int rows, int cols, int type, nint data, long step, out nint mat);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_new_nd")] public static partial Failure* MatNew(int dims, int[] sizes, int type, out nint mat);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_new_nd_filled")] public static partial Failure* MatNew(int dims, int[] sizes, int type, Scalar value, out nint mat);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_new_nd_over")] public static partial Failure* MatNew(int dims, int[] sizes, int type, nint data, long[]? steps, out nint mat);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_same")] public static partial Failure* MatSame(Mat mat, out nint same);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_info")] public static partial void MatInfo(Mat mat, out MatInfo info);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_is_submatrix")] public static partial int MatIsSubmatrix(Mat mat);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_size_at")] public static partial Failure* MatSizeAt(Mat mat, int dim, out int size, out long step);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_view")] public static partial Failure* MatView(Mat mat, Range rows, Range cols, out nint view);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_view_nd")] public static partial Failure* MatView(Mat mat, Range[] ranges, int count, out nint view);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_locate_roi")] public static partial Failure* MatLocateRoi(Mat mat, out Size whole, out Point offset);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_adjust_roi")] public static partial Failure* MatAdjustRoi(Mat mat, int top, int bottom, int left, int right, out nint view);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_reshape")] public static partial Failure* MatReshape(Mat mat, int channels, int rows, out nint view);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_reshape_nd")] public static partial Failure* MatReshape(Mat mat, int channels, int dims, int[] sizes, out nint view);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_clone")] public static partial Failure* MatClone(Mat mat, out nint copy);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_copy_to")] public static partial Failure* MatCopyTo(Mat mat, OutputArray dst, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_convert_to")] public static partial Failure* MatConvertTo(Mat mat, OutputArray dst, int type, double alpha, double beta);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_assign_to")] public static partial Failure* MatAssignTo(Mat mat, Mat dst, int type);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_set_to")] public static partial Failure* MatSetTo(Mat mat, InputArray value, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_create")] public static partial Failure* MatCreate(Mat mat, int rows, int cols, int type);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_create_nd")] public static partial Failure* MatCreate(Mat mat, int dims, int[] sizes, int type);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_push_back")] public static partial Failure* MatPushBack(Mat mat, Mat rows);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_dot")] public static partial Failure* MatDot(Mat mat, InputArray other, out double result);
    [LibraryImport(Library, EntryPoint = "nlcl_mat_initial")] public static partial Failure* MatInitial(int which, int rows, int cols, int type, out nint mat);
}
