using System;

namespace OpenCvSharp;

[Flags]
public enum ThresholdTypes
{
    Binary = 0,
    BinaryInv = 1,
    Trunc = 2,
    Tozero = 3,
    TozeroInv = 4,
    Mask = 7,
    Otsu = 8,
    Triangle = 16,
}
