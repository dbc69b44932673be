using System.Globalization;
using System.Text;
using NLCL.OnnxExport;
using NLCL.Runtime;

namespace NLCL.Training;

/// <summary>
/// Writes a model into a repository of NVIDIA Triton: <c>NAME/1/model.onnx</c> and <c>NAME/config.pbtxt</c> for its ONNX Runtime backend. The
/// folder appears whole or not at all.
/// </summary>
/// <remarks>Keys: Triton's model_config.proto; accelerator parameters: README of triton-inference-server/onnxruntime_backend.</remarks>
static class TritonRepository
{
    /// <summary>Where a variant will lie.</summary>
    public static string PathOf(TritonOptions options, string name, ModelVariant variant) =>
        Path.Combine(Path.GetFullPath(options.Folder), Path.GetFileNameWithoutExtension(variant.PathBeside(name + ".onnx")).Replace('.', '_'));

    /// <exception cref="IOException">The folder is there already or cannot be written.</exception>
    public static string Write(TritonOptions options, string name, ModelVariant variant, string model, ModelContract contract)
    {
        string folder = PathOf(options, name, variant);
        if (Path.Exists(folder)) { throw new IOException($"{folder}: exists already; remove it, or name another folder by --triton."); }
        string temporary = Path.Combine(Path.GetDirectoryName(folder)!, $".{Path.GetFileName(folder)}.{Environment.ProcessId}.partial");
        try
        {
            Directory.CreateDirectory(Path.Combine(temporary, "1"));
            using (FileStream source = File.OpenRead(model)) { AtomicFile.Write(Path.Combine(temporary, "1", "model.onnx"), source.CopyTo); }
            AtomicFile.WriteText(Path.Combine(temporary, "config.pbtxt"), Config(options, Path.GetFileName(folder), variant, contract));
            Directory.Move(temporary, folder);
            return folder;
        }
        finally
        {
            if (Directory.Exists(temporary)) { Directory.Delete(temporary, recursive: true); }
        }
    }

    static string Config(TritonOptions options, string name, ModelVariant variant, ModelContract contract)
    {
        (string type, string dimensions) = variant.Frames ? ("TYPE_UINT8", "-1, -1, 3") : ("TYPE_FP32", Planes(3));
        StringBuilder text = new();
        Line($"# {contract.Description.ReplaceLineEndings(" ")}");
        Line($"# {(variant.Frames ? "Frames as bytes, height x width x 3, BGR." : contract.Frames == 1 ? "Planes of R, G and B, 0..1." : "Planes of R, G and B, 0..1, of the frame before, the frame and the one behind it.")} Height and width must be multiples of {contract.SizeMultiple}: pad at the right and lower edge, crop the result.");
        Line($"name: \"{name}\"");
        Line($"platform: \"onnxruntime_onnx\"");
        Line($"max_batch_size: {options.MaxBatch}");
        Line($"input [ {{ name: \"{ModelContract.InputName}\" data_type: {type} dims: [ {(variant.Frames ? dimensions : Planes(3 * contract.Frames))} ] }} ]");
        Line($"output [ {{ name: \"{ModelContract.OutputName}\" data_type: {type} dims: [ {dimensions} ] }} ]");
        // Only frames of one size come together: ragged batches are not allowed for this input.
        if (options.MaxBatch > 1) { Line($"dynamic_batching {{ preferred_batch_size: [ {Preferred(options.MaxBatch)} ] max_queue_delay_microseconds: {options.QueueDelay} }}"); }
        // Integer kernels are the CPU's: on a GPU take another variant.
        Line($"instance_group [ {{ kind: {(variant.Precision == ExportPrecision.Int8 ? "KIND_CPU" : "KIND_AUTO")} count: {options.Instances} }} ]");
        if (variant.Precision != ExportPrecision.Int8) { Accelerator(); }
        return text.ToString();

        void Accelerator()
        {
            Line($"optimization {{ execution_accelerators {{ gpu_execution_accelerator: [ {{");
            Line($"  name: \"{(options.Accelerator == TritonAccelerator.TensorRt ? "tensorrt" : "cuda")}\"");
            foreach ((string key, string value) in Parameters()) { Line($"  parameters {{ key: \"{key}\" value: \"{value}\" }}"); }
            Line($"}} ] }} }}");
        }

        IEnumerable<(string Key, string Value)> Parameters()
        {
            if (options.Accelerator == TritonAccelerator.Cuda)
            {
                yield return ("cudnn_conv_use_max_workspace", "1");
                yield return ("use_ep_level_unified_stream", "1");
                yield break;
            }
            yield return ("precision_mode", contract.Fp16Safe ? "FP16" : "FP32");
            yield return ("max_workspace_size_bytes", "1073741824");
            yield return ("trt_engine_cache_enable", "1");
            yield return ("trt_engine_cache_path", $"/tmp/triton-{name}");
            yield return ("trt_timing_cache_enable", "1");
            yield return ("trt_profile_min_shapes", Shape(1, 64, 64));
            yield return ("trt_profile_opt_shapes", Shape(1, 1080, 1920));
            yield return ("trt_profile_max_shapes", Shape(options.MaxBatch, 2160, 4096));
        }

        string Shape(int frames, int height, int width)
        {
            (int tall, int wide) = (Padded(height), Padded(width));
            return string.Create(CultureInfo.InvariantCulture, $"{ModelContract.InputName}:{frames}x{(variant.Frames ? $"{tall}x{wide}x3" : $"{3 * contract.Frames}x{tall}x{wide}")}");
        }

        static string Planes(int count) => string.Create(CultureInfo.InvariantCulture, $"{count}, -1, -1");

        int Padded(int length) => (length + contract.SizeMultiple - 1) / contract.SizeMultiple * contract.SizeMultiple;

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    static string Preferred(int most) => most >= 4 ? string.Create(CultureInfo.InvariantCulture, $"{most / 2}, {most}") : most.ToString(CultureInfo.InvariantCulture);
}
