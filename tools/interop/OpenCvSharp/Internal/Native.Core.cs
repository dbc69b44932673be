using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace OpenCvSharp.Internal;

static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "nlcl_cv_build_information")] public static partial Failure* BuildInformation(out nint text);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_version")] public static partial Failure* Version(out nint text);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_set_num_threads")] public static partial Failure* SetNumThreads(int n);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_get_num_threads")] public static partial Failure* GetNumThreads(out int n);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_get_number_of_cpus")] public static partial Failure* GetNumberOfCpus(out int n);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_set_use_optimized")] public static partial Failure* SetUseOptimized(int on);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_use_optimized")] public static partial Failure* UseOptimized(out int on);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_get_rng")] public static partial Failure* GetRng(out ulong state);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_set_rng")] public static partial Failure* SetRng(ulong state);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_rng_gaussian")] public static partial Failure* RngGaussian(ref ulong state, double sigma, out double value);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_rng_fill")] public static partial Failure* RngFill(ref ulong state, OutputArray dst, int distribution, InputArray a, InputArray b, int saturate);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_randu")] public static partial Failure* Randu(OutputArray dst, InputArray low, InputArray high);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_randn")] public static partial Failure* Randn(OutputArray dst, InputArray mean, InputArray stddev);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_add")] public static partial Failure* Add(InputArray a, InputArray b, OutputArray dst, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask, int dtype);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_subtract")] public static partial Failure* Subtract(InputArray a, InputArray b, OutputArray dst, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask, int dtype);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_multiply")] public static partial Failure* Multiply(InputArray a, InputArray b, OutputArray dst, double scale, int dtype);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_divide")] public static partial Failure* Divide(InputArray a, InputArray b, OutputArray dst, double scale, int dtype);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_divide_number")] public static partial Failure* DivideNumber(double scale, InputArray b, OutputArray dst, int dtype);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_scale_add")] public static partial Failure* ScaleAdd(InputArray a, double alpha, InputArray b, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_add_weighted")] public static partial Failure* AddWeighted(InputArray a, double alpha, InputArray b, double beta, double gamma, OutputArray dst, int dtype);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_absdiff")] public static partial Failure* Absdiff(InputArray a, InputArray b, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_min")] public static partial Failure* Min(InputArray a, InputArray b, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_max")] public static partial Failure* Max(InputArray a, InputArray b, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_in_range")] public static partial Failure* InRange(InputArray src, InputArray low, InputArray high, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_bitwise_and")] public static partial Failure* BitwiseAnd(InputArray a, InputArray b, OutputArray dst, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_bitwise_or")] public static partial Failure* BitwiseOr(InputArray a, InputArray b, OutputArray dst, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_bitwise_xor")] public static partial Failure* BitwiseXor(InputArray a, InputArray b, OutputArray dst, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_bitwise_not")] public static partial Failure* BitwiseNot(InputArray src, OutputArray dst, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_sqrt")] public static partial Failure* Sqrt(InputArray src, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_exp")] public static partial Failure* Exp(InputArray src, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_log")] public static partial Failure* Log(InputArray src, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_pow")] public static partial Failure* Pow(InputArray src, double power, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_magnitude")] public static partial Failure* Magnitude(InputArray x, InputArray y, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_convert_scale_abs")] public static partial Failure* ConvertScaleAbs(InputArray src, OutputArray dst, double alpha, double beta);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_lut")] public static partial Failure* Lut(InputArray src, InputArray lut, OutputArray dst);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_normalize")] public static partial Failure* Normalize(InputArray src, OutputArray dst, double alpha, double beta, int type, int dtype, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_sum")] public static partial Failure* Sum(InputArray src, out Scalar result);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_mean")] public static partial Failure* Mean(InputArray src, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask, out Scalar result);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_mean_std_dev")] public static partial Failure* MeanStdDev(InputArray src, OutputArray mean, OutputArray stddev, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_mean_std_dev_four")] public static partial Failure* MeanStdDevFour(InputArray src, out Scalar mean, out Scalar stddev, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_min_max_loc")] public static partial Failure* MinMaxLoc(InputArray src, out double min, out double max, out Point whereMin, out Point whereMax, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_min_max_idx")] public static partial Failure* MinMaxIdx(InputArray src, out double min, out double max);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_count_non_zero")] public static partial Failure* CountNonZero(InputArray src, out int count);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_norm")] public static partial Failure* Norm(InputArray src, int type, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask, out double result);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_norm_difference")] public static partial Failure* NormDifference(InputArray a, InputArray b, int type, [MarshalUsing(typeof(OptionalArrayMarshaller))] InputArray? mask, out double result);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_psnr")] public static partial Failure* Psnr(InputArray a, InputArray b, double peak, out double result);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_reduce")] public static partial Failure* Reduce(InputArray src, OutputArray dst, int dim, int how, int dtype);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_check_range")] public static partial Failure* CheckRange(InputArray src, int quiet, out Point where, double min, double max, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_text_copy")] public static partial Failure* TextCopy(nint text, byte* buffer);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_text_length")] public static partial int TextLength(nint text);
    [LibraryImport(Library, EntryPoint = "nlcl_cv_text_delete")] public static partial void TextDelete(nint text);
}
