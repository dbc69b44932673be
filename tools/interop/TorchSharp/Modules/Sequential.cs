using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules one after the other, named by their position unless they are given names.</summary>
        public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            readonly List<torch.nn.IModule<torch.Tensor, torch.Tensor>> _modules = [];

            protected internal Sequential(params (string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule)[] modules)
                : base(nameof(Sequential))
            {
                foreach (var (name, module) in modules)
                {
                    append(name, module);
                }
            }

            protected internal Sequential(params torch.nn.Module<torch.Tensor, torch.Tensor>[] modules)
                : base(nameof(Sequential))
            {
                foreach (var module in modules)
                {
                    append(module);
                }
            }

            public int Count => _modules.Count;

            [IndexerName("SequentialItems")]
            public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => _modules[index];

            public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
            {
                register_module(name, (torch.nn.Module)module);
                _modules.Add(module);
                return this;
            }

            public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) =>
                append(_modules.Count.ToString(CultureInfo.InvariantCulture), module);

            /// <summary>What lies between two modules is disposed of at once, as in the original.</summary>
            public override torch.Tensor forward(torch.Tensor tensor)
            {
                if (_modules.Count == 0)
                {
                    return tensor.alias();
                }
                var current = _modules[0].call(tensor);
                foreach (var module in _modules.Skip(1))
                {
                    var next = module.call(current);
                    current.Dispose();
                    current = next;
                }
                return current;
            }

            public override void train(bool on = true) => base.train(on);

            public override IEnumerable<(string name, torch.Tensor buffer)> named_buffers(bool recurse = true, bool include_persistent = true) =>
                base.named_buffers(recurse, include_persistent);

            protected override void RegisterComponents()
            {
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Sequential Sequential() => new(Array.Empty<Module<Tensor, Tensor>>());

            public static Modules.Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Modules.Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            public static Modules.Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) =>
                new([.. modules]);

            public static Modules.Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new([.. modules]);
        }
    }
}
