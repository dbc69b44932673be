using System.Text;

namespace OpenCvSharp.Internal;

static class NativeText
{
    /// <summary>Copies a native string and deletes it.</summary>
    public static unsafe string Take(nint text)
    {
        try
        {
            var bytes = new byte[Native.TextLength(text)];
            fixed (byte* first = bytes) { Failure.Check(Native.TextCopy(text, first)); }
            return Encoding.UTF8.GetString(bytes);
        }
        finally
        {
            Native.TextDelete(text);
        }
    }
}
