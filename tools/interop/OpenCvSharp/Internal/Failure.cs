using System;
using System.Runtime.InteropServices;

namespace OpenCvSharp.Internal;

/// <summary>What a native call that failed left behind; a null pointer means that it succeeded.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct Failure
{
    readonly int code;
    readonly int line;
    readonly byte* message;
    readonly byte* function;
    readonly byte* file;

    public static void Check(Failure* failure)
    {
        if (failure != null) { throw failure->ToException(); }
    }

    readonly Exception ToException()
    {
        var text = Text(message);
        return code == 0
            ? new OpenCvSharpException(text)
            : new OpenCVException((ErrorCode)code, Text(function), text, Text(file), line);
    }

    static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
