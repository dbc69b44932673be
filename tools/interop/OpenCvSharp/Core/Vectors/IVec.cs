namespace OpenCvSharp;

public interface IVec
{
}

public interface IVec<TSelf, TElem> : IVec
    where TSelf : IVec
    where TElem : unmanaged
{
    TSelf Add(TSelf other);
    TSelf Subtract(TSelf other);
    TSelf Multiply(double alpha);
    TSelf Divide(double alpha);
    TElem this[int i] { get; set; }
}
