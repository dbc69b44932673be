using System.Collections.Generic;
using System.Linq;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales all gradients by one factor so that their common norm is at most max_norm; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var mode = no_grad();
                using var scope = NewDisposeScope();
                List<Tensor> gradients = [.. tensors.Select(parameter => parameter.grad).OfType<Tensor>()];
                if (gradients.Count == 0)
                {
                    return 0;
                }
                var norms = stack(gradients.Select(gradient => linalg.vector_norm(gradient, norm_type)));
                var total = linalg.vector_norm(norms, norm_type).ToDouble();
                var factor = max_norm / (total + 1e-6);
                if (factor < 1)
                {
                    foreach (var gradient in gradients)
                    {
                        gradient.mul_(factor);
                    }
                }
                return total;
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var mode = no_grad();
                using var scope = NewDisposeScope();
                foreach (var gradient in tensors.Select(parameter => parameter.grad).OfType<Tensor>())
                {
                    gradient.clamp_(-clip_value, clip_value);
                }
            }
        }
    }
}
