using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>Where the tensors of a run lie, bound to a session once. One shape, one run at a time.</summary>
interface ITensorBinding : IDisposable
{
    /// <summary>Runs the network on what lies in the host's input buffer; the host's output buffer then has the result.</summary>
    void Run(InferenceSession session, RunOptions options);

    /// <summary>Runs the network on what lies in a buffer of the caller's, of the input's size, which then has the result, of the same size.</summary>
    void RunInPlace(InferenceSession session, RunOptions options, NativeBuffer samples);
}
