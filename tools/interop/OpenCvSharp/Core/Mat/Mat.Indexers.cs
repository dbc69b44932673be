namespace OpenCvSharp;

public partial class Mat
{
    public sealed class UnsafeIndexer<T> : MatIndexer<T>
        where T : unmanaged
    {
        readonly nint data;

        internal UnsafeIndexer(Mat parent)
            : base(parent) => data = parent.Data;

        public override T this[int i0]
        {
            get => At(data, i0);
            set => At(data, i0) = value;
        }

        public override T this[int i0, int i1]
        {
            get => At(data, i0, i1);
            set => At(data, i0, i1) = value;
        }

        public override T this[int i0, int i1, int i2]
        {
            get => At(data, i0, i1, i2);
            set => At(data, i0, i1, i2) = value;
        }

        public override T this[params int[] idx]
        {
            get => At(data, idx);
            set => At(data, idx) = value;
        }
    }
}
