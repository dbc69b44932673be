namespace OpenCvSharp;

public enum DistributionType
{
    Uniform = 0,
    Normal = 1,
}
