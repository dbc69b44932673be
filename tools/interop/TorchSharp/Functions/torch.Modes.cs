using System;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>Here, the version of the libtorch that is bound.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8((nint)NativeMethods.nlcl_version())!;

    public static IDisposable no_grad() => new GradientMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);

    public static bool is_grad_enabled() => NativeMethods.nlcl_grad_enabled() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => NativeMethods.nlcl_inference_enabled() != 0;

    public static int get_num_threads() => NativeMethods.nlcl_threads();

    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.nlcl_set_threads(num));

    public static int get_num_interop_threads() => NativeMethods.nlcl_interop_threads();

    public static void set_num_interop_threads(int num) => NativeMethods.Check(NativeMethods.nlcl_set_interop_threads(num));

    public static Generator manual_seed(long seed)
    {
        NativeMethods.Check(NativeMethods.nlcl_manual_seed(unchecked((ulong)seed)));
        return Generator.Default;
    }

    public static Tensor load(string location) => Tensor.load(location);

    public static void save(Tensor t, string location) => t.save(location);

    static bool Switch(int which, bool? value = null)
    {
        var state = value == true ? 1 : 0;
        NativeMethods.Check(NativeMethods.nlcl_switch(which, value is null ? 0 : 1, ref state));
        return state != 0;
    }

    public static partial class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long initial_seed()
        {
            using var standard = Generator.Default;
            return standard.initial_seed();
        }

        public static Tensor get_rng_state()
        {
            using var standard = Generator.Default;
            return standard.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var standard = Generator.Default;
            standard.set_state(new_state);
        }
    }

    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static bool is_cudnn_available() => NativeMethods.nlcl_has_cudnn() != 0;

        public static int device_count() => NativeMethods.nlcl_cuda_devices();

        public static void manual_seed(long seed) => torch.manual_seed(seed);

        public static void manual_seed_all(long seed) => torch.manual_seed(seed);

        public static void synchronize(Device? device = null) =>
            NativeMethods.Check(NativeMethods.nlcl_cuda_synchronize(device?.index ?? -1));
    }

    public static partial class backends
    {
        public static partial class cuda
        {
            public static partial class matmul
            {
                public static bool allow_tf32
                {
                    get => Switch(0);
                    set => Switch(0, value);
                }
            }
        }

        public static partial class cudnn
        {
            public static bool allow_tf32
            {
                get => Switch(1);
                set => Switch(1, value);
            }
        }
    }

    public unsafe partial class Tensor
    {
        public static Tensor load(string location)
        {
            NativeMethods.Check(NativeMethods.nlcl_load(location, out var handle));
            return new(handle);
        }

        public void save(string location) => NativeMethods.Check(NativeMethods.nlcl_save(Handle, location));
    }

    sealed class GradientMode : IDisposable
    {
        readonly int _before = NativeMethods.nlcl_grad_enabled();

        public GradientMode(bool enabled) => NativeMethods.nlcl_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => NativeMethods.nlcl_set_grad_enabled(_before);
    }

    sealed class InferenceMode(bool enabled) : IDisposable
    {
        nint _guard = NativeMethods.nlcl_enter_inference(enabled ? 1 : 0);

        public void Dispose()
        {
            if (_guard != 0)
            {
                NativeMethods.nlcl_leave_inference(_guard);
                _guard = 0;
            }
        }
    }
}
