using System;
using System.Threading;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of libtorch. Owns one native reference until it is disposed of, by hand or by its scope.</summary>
    public unsafe partial class Tensor : IDisposable
    {
        static long s_total;
        static long s_peak;

        internal nint handle;

        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            var total = Interlocked.Increment(ref s_total);
            if (total > Volatile.Read(ref s_peak))
            {
                Volatile.Write(ref s_peak, total);
            }
            if (register)
            {
                OwningDisposeScope = DisposeScopeManager.ThreadSingleton.Register(this);
            }
        }

        ~Tensor() => Dispose(false);

        public static long TotalCount => Volatile.Read(ref s_total);

        public static long PeakCount => Volatile.Read(ref s_peak);

        internal DisposeScope? OwningDisposeScope { get; set; }

        public string? name { get; set; }

        public bool IsInvalid => handle == 0;

        public IntPtr Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public long Dimensions => NativeMethods.nlcl_dimensions(Handle);

        public long ndim => Dimensions;

        public long NumberOfElements => NativeMethods.nlcl_numel(Handle);

        public long ElementSize => NativeMethods.nlcl_element_size(Handle);

        public ScalarType dtype => (ScalarType)NativeMethods.nlcl_type(Handle);

        public DeviceType device_type => (DeviceType)NativeMethods.nlcl_device_type(Handle);

        public int device_index => NativeMethods.nlcl_device_index(Handle);

        public Device device => device_type == DeviceType.CPU ? new(DeviceType.CPU) : new(device_type, device_index);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public long[] shape => size();

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null)
            {
                other?.Attach(this);
            }
            else
            {
                OwningDisposeScope.MoveToOther(other, this);
            }
            return this;
        }

        public long dim() => Dimensions;

        public long numel() => NumberOfElements;

        public long element_size() => ElementSize;

        public long storage_offset() => NativeMethods.nlcl_storage_offset(Handle);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_contiguous() => NativeMethods.nlcl_is_contiguous(Handle) != 0;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_nonzero() =>
            numel() == 1 ? Operator.Ask("is_nonzero", this) : throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");

        public long size(int dim) => size()[Wrapped(dim)];

        public long[] size()
        {
            var sizes = new long[Dimensions];
            fixed (long* first = sizes)
            {
                NativeMethods.nlcl_sizes(Handle, first);
            }
            return sizes;
        }

        public long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* first = strides)
            {
                NativeMethods.nlcl_strides(Handle, first);
            }
            return strides;
        }

        public long stride(int dim) => stride()[Wrapped(dim)];

        public Tensor alias() => Operator.Call("alias", this);

        public Tensor clone() => Operator.Call("clone", this);

        public Tensor contiguous() => Operator.Call("contiguous", this);

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public bool Equals(Tensor target) => target is not null && Operator.Ask("equal", this, target);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        public override string ToString() => $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        /// <summary>Gives the native reference away: a parameter takes over the tensor that it is made of.</summary>
        internal nint MoveHandle()
        {
            var moved = Handle;
            handle = 0;
            Interlocked.Decrement(ref s_total);
            return moved;
        }

        protected virtual void Dispose(bool disposing)
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released == 0)
            {
                return;
            }
            if (disposing)
            {
                if (OwningDisposeScope is { } scope)
                {
                    scope.MarkAsDisposed(this);
                }
                else
                {
                    DisposeScopeManager.ThreadSingleton.Tensors.DisposedOutsideScopeCount++;
                }
            }
            Interlocked.Decrement(ref s_total);
            NativeMethods.nlcl_release(released);
        }

        int Wrapped(int dim)
        {
            var count = (int)Dimensions;
            return dim >= -count && dim < count
                ? (dim + count) % count
                : throw new System.Runtime.InteropServices.ExternalException(
                    $"Dimension out of range (expected to be in range of [{-count}, {count - 1}], but got {dim})");
        }

        static Tensor Or(Tensor? @out, Tensor result) => @out is null ? result : @out.copy_(result);
    }
}
