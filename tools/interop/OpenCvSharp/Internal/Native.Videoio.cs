using System.Runtime.InteropServices;

namespace OpenCvSharp.Internal;

static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "nlcl_capture_new")] public static partial Failure* CaptureNew(out nint capture);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_delete")] public static partial void CaptureDelete(nint capture);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_open_file", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* CaptureOpen(VideoCapture capture, string path, int api, int[]? parameters, int count, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_open_index")] public static partial Failure* CaptureOpen(VideoCapture capture, int index, int api, int[]? parameters, int count, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_is_opened")] public static partial Failure* CaptureIsOpened(VideoCapture capture, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_release")] public static partial Failure* CaptureRelease(VideoCapture capture);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_grab")] public static partial Failure* CaptureGrab(VideoCapture capture, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_retrieve")] public static partial Failure* CaptureRetrieve(VideoCapture capture, OutputArray image, int flag, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_read")] public static partial Failure* CaptureRead(VideoCapture capture, OutputArray image, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_set")] public static partial Failure* CaptureSet(VideoCapture capture, int property, double value, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_get")] public static partial Failure* CaptureGet(VideoCapture capture, int property, out double value);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_backend")] public static partial Failure* CaptureBackend(VideoCapture capture, out nint text);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_set_exception_mode")] public static partial Failure* CaptureSetExceptionMode(VideoCapture capture, int on);
    [LibraryImport(Library, EntryPoint = "nlcl_capture_get_exception_mode")] public static partial Failure* CaptureGetExceptionMode(VideoCapture capture, out int on);

    [LibraryImport(Library, EntryPoint = "nlcl_writer_new")] public static partial Failure* WriterNew(out nint writer);
    [LibraryImport(Library, EntryPoint = "nlcl_writer_delete")] public static partial void WriterDelete(nint writer);
    [LibraryImport(Library, EntryPoint = "nlcl_writer_open", StringMarshalling = StringMarshalling.Utf8)] public static partial Failure* WriterOpen(VideoWriter writer, string path, int api, int fourcc, double fps, Size size, int[]? parameters, int count, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_writer_is_opened")] public static partial Failure* WriterIsOpened(VideoWriter writer, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_writer_release")] public static partial Failure* WriterRelease(VideoWriter writer);
    [LibraryImport(Library, EntryPoint = "nlcl_writer_write")] public static partial Failure* WriterWrite(VideoWriter writer, InputArray image);
    [LibraryImport(Library, EntryPoint = "nlcl_writer_set")] public static partial Failure* WriterSet(VideoWriter writer, int property, double value, out int ok);
    [LibraryImport(Library, EntryPoint = "nlcl_writer_get")] public static partial Failure* WriterGet(VideoWriter writer, int property, out double value);
    [LibraryImport(Library, EntryPoint = "nlcl_writer_backend")] public static partial Failure* WriterBackend(VideoWriter writer, out nint text);
}
