using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace OpenCvSharp.Internal;

static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "nlcl_cv_cvt_color")] public static partial Failure* CvtColor(InputArray src, OutputArray dst, int code, int channels);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_resize")] public static partial Failure* Resize(InputArray src, OutputArray dst, Size size, double fx, double fy, int how);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_gaussian_blur")] public static partial Failure* GaussianBlur(InputArray src, OutputArray dst, Size size, double sigmaX, double sigmaY, int border);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_blur")] public static partial Failure* Blur(InputArray src, OutputArray dst, Size size, Point anchor, int border);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_box_filter")] public static partial Failure* BoxFilter(InputArray src, OutputArray dst, int depth, Size size, Point anchor, int normalize, int border);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_median_blur")] public static partial Failure* MedianBlur(InputArray src, OutputArray dst, int size);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_bilateral_filter")] public static partial Failure* BilateralFilter(InputArray src, OutputArray dst, int d, double sigmaColor, double sigmaSpace, int border);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_filter2d")] public static partial Failure* Filter2d(InputArray src, OutputArray dst, int depth, InputArray kernel, Point anchor, double delta, int border);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_sep_filter2d")] public static partial Failure* SepFilter2d(InputArray src, OutputArray dst, int depth, InputArray x, InputArray y, Point anchor, double delta, int border);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_sobel")] public static partial Failure* Sobel(InputArray src, OutputArray dst, int depth, int dx, int dy, int size, double scale, double delta, int border);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_laplacian")] public static partial Failure* Laplacian(InputArray src, OutputArray dst, int depth, int size, double scale, double delta, int border);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_canny")] public static partial Failure* Canny(InputArray src, OutputArray edges, double low, double high, int aperture, int l2);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_gaussian_kernel")] public static partial Failure* GaussianKernel(int size, double sigma, int type, out nint kernel);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_structuring_element")] public static partial Failure* StructuringElement(int shape, Size size, Point anchor, out nint element);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_dilate")] public static partial Failure* Dilate(InputArray src, OutputArray dst, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? element, Point anchor, int times, int border, Scalar value);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_erode")] public static partial Failure* Erode(InputArray src, OutputArray dst, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? element, Point anchor, int times, int border, Scalar value);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_morphology_ex")] public static partial Failure* MorphologyEx(InputArray src, OutputArray dst, int op, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? element, Point anchor, int times, int border, Scalar value);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_threshold")] public static partial Failure* Threshold(InputArray src, OutputArray dst, double level, double max, int type, out double used);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_distance_transform")] public static partial Failure* DistanceTransform(InputArray src, OutputArray dst, int distance, int mask, int type);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_integral")] public static partial Failure* Integral(InputArray src, OutputArray sum, int depth);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_pyr_down")] public static partial Failure* PyrDown(InputArray src, OutputArray dst, Size size, int border);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_pyr_up")] public static partial Failure* PyrUp(InputArray src, OutputArray dst, Size size, int border);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_warp_affine")] public static partial Failure* WarpAffine(InputArray src, OutputArray dst, InputArray m, Size size, int flags, int border, Scalar value);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_remap")] public static partial Failure* Remap(InputArray src, OutputArray dst, InputArray x, InputArray y, int how, int border, Scalar value);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_rotation_matrix")] public static partial Failure* RotationMatrix(float x, float y, double angle, double scale, out nint matrix);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_affine_transform")] public static partial Failure* AffineTransform(Point2f[] src, Point2f[] dst, out nint matrix);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_invert_affine")] public static partial Failure* InvertAffine(InputArray m, OutputArray inverse);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_line")] public static partial Failure* Line(OutputArray img, Point a, Point b, Scalar color, int thickness, int type, int shift);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_rectangle")] public static partial Failure* Rectangle(OutputArray img, Point a, Point b, Scalar color, int thickness, int type, int shift);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_rectangle_of")] public static partial Failure* RectangleOf(OutputArray img, Rect rect, Scalar color, int thickness, int type, int shift);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_circle")] public static partial Failure* Circle(OutputArray img, Point center, int radius, Scalar color, int thickness, int type, int shift);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_ellipse")] public static partial Failure* Ellipse(OutputArray img, Point center, Size axes, double angle, double start, double end, Scalar color, int thickness, int type, int shift);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_fill_poly")] public static partial Failure* FillPoly(OutputArray img, Point[] points, int[]? counts, int count, Scalar color, int type, int shift, Point offset);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_fill_convex_poly")] public static partial Failure* FillConvexPoly(OutputArray img, Point[] points, int count, Scalar color, int type, int shift);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_polylines")] public static partial Failure* Polylines(OutputArray img, Point[] points, int[]? counts, int count, int closed, Scalar color, int thickness, int type, int shift);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_put_text", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* PutText(OutputArray img, string text, Point at, int font, double scale, Scalar color, int thickness, int type, int fromBottom);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_text_size", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* TextSize(string text, int font, double scale, int thickness, out int baseLine, out Size size);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_morphology_border")] public static partial Scalar MorphologyBorder();
}
