namespace OpenCvSharp;

public enum ReduceTypes
{
    Sum = 0,
    Avg = 1,
    Max = 2,
    Min = 3,
}
