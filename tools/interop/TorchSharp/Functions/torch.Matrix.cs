using TorchSharp.Interop;

namespace TorchSharp;

public enum compute_mode
{
    use_mm_for_euclid_dist_if_necessary = 0,
    use_mm_for_euclid_dist = 1,
    donot_use_mm_for_euclid_dist = 2,
}

public static partial class torch
{
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);

    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    public static Tensor einsum(string equation, params Tensor[] tensors) => Operator.Call("einsum", equation, tensors);

    public static Tensor cdist(
        Tensor x1, Tensor x2, double p = 2.0,
        compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        Operator.Call("cdist", x1, x2, p, (long)compute_mode);

    public static partial class linalg
    {
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) =>
            Operator.CallThree("linalg_svd", input, fullMatrices);

        public static Tensor svdvals(Tensor input) => Operator.Call("linalg_svdvals", input);

        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Operator.CallTwo("linalg_eigh", input, UPLO.ToString());

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Operator.Call("linalg_eigvalsh", input, UPLO.ToString());

        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) =>
            Operator.CallTwo("linalg_qr", input, mode.ToString().ToLowerInvariant());

        public static Tensor inv(Tensor input) => Operator.Call("linalg_inv", input);

        public static Tensor det(Tensor input) => Operator.Call("linalg_det", input);

        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Operator.Call("linalg_solve", A, B, left);

        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            Operator.Call("linalg_vector_norm", input, ord, dims, keepdim);

        public enum QRMode
        {
            Reduced = 0,
            Complete = 1,
            R = 2,
        }
    }
}
