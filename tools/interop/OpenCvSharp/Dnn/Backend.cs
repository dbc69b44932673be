namespace OpenCvSharp.Dnn;

public enum Backend
{
    DEFAULT = 0,
    HALIDE = 1,
    INFERENCE_ENGINE = 2,
    OPENCV = 3,
    VKCOM = 4,
    CUDA = 5,
}
