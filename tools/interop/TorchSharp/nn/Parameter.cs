namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A leaf tensor that belongs to a module. Takes the tensor over that it is made of.</summary>
        public class Parameter : torch.Tensor
        {
            public Parameter(torch.Tensor data, bool requires_grad = true)
                : base(Taken(data))
            {
                this.requires_grad = requires_grad;
            }

            static nint Taken(torch.Tensor data)
            {
                var detached = data.detach_();
                DisposeScope? scope = detached.OwningDisposeScope;
                scope?.Detach(detached);
                DisposeScopeManager.ThreadSingleton.Tensors.DisposedOutsideScopeCount++;
                System.GC.SuppressFinalize(detached);
                return detached.MoveHandle();
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
