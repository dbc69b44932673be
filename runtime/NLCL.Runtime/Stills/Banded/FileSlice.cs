using Microsoft.Win32.SafeHandles;

namespace NLCL.Runtime;

/// <summary>A part of a file; any number of them are read side by side.</summary>
sealed class FileSlice(SafeFileHandle file, long at, long length) : ForwardStream
{
    long _at = at;
    long _left = length;

    public override int Read(Span<byte> buffer)
    {
        var count = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, _left)], _at);
        _at += count;
        _left -= count;
        return count;
    }
}
