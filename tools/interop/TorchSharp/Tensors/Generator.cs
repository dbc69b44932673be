using System;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers; an instance of its own, or the default one of the CPU.</summary>
    public unsafe class Generator : IDisposable
    {
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            NativeMethods.Check(NativeMethods.nlcl_generator((int)this.device.type, this.device.index, &seed, out var handle));
            Handle = handle;
        }

        Generator(nint handle)
        {
            device = CPU;
            Handle = handle;
        }

        ~Generator() => Dispose(false);

        public static Generator Default
        {
            get
            {
                NativeMethods.Check(NativeMethods.nlcl_generator((int)DeviceType.CPU, -1, null, out var handle));
                return new(handle);
            }
        }

        public IntPtr Handle { get; private set; }

        public Device device { get; }

        public Tensor get_state()
        {
            NativeMethods.Check(NativeMethods.nlcl_generator_state(Handle, out var state));
            return new(state);
        }

        public void set_state(Tensor value) => NativeMethods.Check(NativeMethods.nlcl_generator_set_state(Handle, value.Handle));

        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.nlcl_generator_set_seed(Handle, unchecked((ulong)seed)));
            return this;
        }

        public long seed()
        {
            var fresh = DateTime.UtcNow.Ticks;
            manual_seed(fresh);
            return fresh;
        }

        public long initial_seed() => unchecked((long)NativeMethods.nlcl_generator_seed(Handle));

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (Handle != 0)
            {
                NativeMethods.nlcl_generator_release(Handle);
                Handle = 0;
            }
        }
    }
}
