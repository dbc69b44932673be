using OpenCvSharp.Internal;

namespace OpenCvSharp;

public static unsafe partial class Cv2
{
    public static void SetNumThreads(int nThreads) => Failure.Check(Native.SetNumThreads(nThreads));

    public static int GetNumThreads()
    {
        Failure.Check(Native.GetNumThreads(out var count));
        return count;
    }

    public static int GetNumberOfCpus()
    {
        Failure.Check(Native.GetNumberOfCpus(out var count));
        return count;
    }

    public static void SetUseOptimized(bool onoff) => Failure.Check(Native.SetUseOptimized(onoff ? 1 : 0));

    public static bool UseOptimized()
    {
        Failure.Check(Native.UseOptimized(out var on));
        return on != 0;
    }

    public static string GetBuildInformation()
    {
        Failure.Check(Native.BuildInformation(out var text));
        return NativeText.Take(text);
    }

    public static string? GetVersionString()
    {
        Failure.Check(Native.Version(out var text));
        return NativeText.Take(text);
    }
}
