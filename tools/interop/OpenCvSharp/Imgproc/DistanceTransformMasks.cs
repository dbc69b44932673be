using System;

namespace OpenCvSharp;

[Flags]
public enum DistanceTransformMasks
{
    Mask3 = 3,
    Mask5 = 5,
    Precise = 0,
}
