using System.Security.Cryptography;
using Google.Protobuf;
using NLCL.OnnxExport.Format;
using static TorchSharp.torch;

namespace NLCL.OnnxExport;

/// <summary>Writes a described network as an ONNX file.</summary>
public static class OnnxExporter
{
    /// <summary>The file's content. The same weights and options give the same bytes.</summary>
    /// <remarks>The module is put into evaluation mode meanwhile.</remarks>
    /// <exception cref="ArgumentException">The options, or what the description asks for, cannot be written.</exception>
    public static byte[] ToBytes(nn.Module module, INetworkDescription description, ExportOptions options) =>
        ToModel(module, description, options).ToByteArray();

    /// <summary>
    /// Writes the file after ONNX Runtime has given the module's own results from it, on six sizes of random input in 0..1:
    /// odd multiples of <see cref="ExportOptions.SizeMultiple"/>, square and not, and a batch of two, and on the samples of the options.
    /// </summary>
    /// <remarks>
    /// A module of the form <c>Module&lt;Tensor, Tensor&gt;</c> is compared through its own <c>forward</c>, any other through its
    /// description run on tensors. The module is put into evaluation mode meanwhile.
    /// </remarks>
    /// <exception cref="ExportException">
    /// The file does not do what the module does, or cannot be written; nothing is left behind.
    /// </exception>
    /// <exception cref="ArgumentException">The options, or what the description asks for, cannot be written.</exception>
    public static ExportReport Export(nn.Module module, INetworkDescription description, string path, ExportOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        var (model, bytes, checks) = Checked(module, description, path, options);
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():n}.tmp");
        try
        {
            Write(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
            return new ExportReport(path, bytes.LongLength, Convert.ToHexStringLower(SHA256.HashData(bytes)),
                model.Graph.Node.Count, model.Graph.Initializer.Sum(Elements), checks);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ExportException($"{path}: cannot be written: {exception.Message}", exception);
        }
        finally
        {
            // Deleting what is not there is fine, but not in a folder that is not there.
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    /// <summary>What <see cref="Export"/> would measure, without a file.</summary>
    /// <exception cref="ExportException">The network in ONNX Runtime does not do what the module does.</exception>
    /// <exception cref="ArgumentException">The options, or what the description asks for, cannot be written.</exception>
    public static IReadOnlyList<ExportCheck> Check(nn.Module module, INetworkDescription description, ExportOptions options) =>
        Checked(module, description, options?.GraphName ?? "", options!).Checks;

    static (ModelProto Model, byte[] Bytes, IReadOnlyList<ExportCheck> Checks) Checked(
        nn.Module module, INetworkDescription description, string path, ExportOptions options)
    {
        var model = ToModel(module, description, options);
        if (model.Graph.Initializer.Sum(tensor => (long)tensor.RawData.Length) > int.MaxValue - (1 << 26))
        {
            throw new ExportException($"{path}: the network is larger than the 2 GiB that one ONNX file can hold; export it in parts.");
        }
        IReadOnlyList<ExportCheck> checks;
        using (EvaluationMode.Of(module))
        {
            checks = ExportVerification.Verify(module, description, model.ToByteArray(), path, options);
            if (options.Precision == ExportPrecision.Fp16)
            {
                var rounded = ToModel(module, description, options with { Precision = ExportPrecision.Fp32 });
                HalfPrecision.Round(rounded.Graph);
                checks = [.. checks.Zip(ExportVerification.Verify(module, description, rounded.ToByteArray(), path, options), ExportCheck.Worse)];
            }
        }
        if (options.MeasuredMetadata is { } measured)
        {
            SetMetadata(model, options.Metadata.Concat(measured(checks)));
        }
        return (model, model.ToByteArray(), checks);
    }

    internal static ModelProto ToModel(nn.Module module, INetworkDescription description, ExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using var mode = EvaluationMode.Of(module);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var graph = new GraphBuilder(module.state_dict());
        var inputs = options.InputNames
            .Select((name, i) => graph.Input(name, ElementType.Of(options.InputType), InputShape.Parse(options.InputShapes[i], options.SizeMultiple)))
            .ToList();
        var outputs = description.Describe(new OnnxOperations(graph, options.Opset, options.Portable), inputs);
        if (outputs.Count != options.OutputNames.Count)
        {
            throw new ArgumentException($"The description gives {outputs.Count} outputs, the options name {options.OutputNames.Count}.");
        }
        foreach (var (output, name) in outputs.Zip(options.OutputNames))
        {
            graph.Output(output, name);
        }
        BatchNormFolding.Fold(graph.Graph);
        if (options.FoldShuffles && !options.Portable)
        {
            ShuffleFolding.Fold(graph, ofPixels: options.Precision != ExportPrecision.Int8);
        }
        GraphPruning.Prune(graph.Graph);
        if (options.Precision == ExportPrecision.Fp16)
        {
            HalfPrecision.Convert(graph.Graph);
        }
        var model = Model(graph.Graph, options);
        if (options.Precision == ExportPrecision.Int8)
        {
            ByteQuantization.Convert(model, options.Quantization!);
        }
        return model;
    }

    static ModelProto Model(GraphProto graph, ExportOptions options)
    {
        graph.Name = options.GraphName;
        var model = new ModelProto
        {
            IrVersion = options.IrVersion,
            ProducerName = options.ProducerName,
            ProducerVersion = options.ProducerVersion ?? typeof(OnnxExporter).Assembly.GetName().Version!.ToString(3),
            OpsetImport = { new OperatorSetIdProto { Version = options.Opset } },
            Graph = graph,
        };
        SetMetadata(model, options.Metadata);
        return model;
    }

    /// <summary>Of equal keys the last counts.</summary>
    static void SetMetadata(ModelProto model, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        model.MetadataProps.Clear();
        model.MetadataProps.Add(metadata
            .GroupBy(entry => entry.Key, StringComparer.Ordinal)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Last().Value }));
    }

    static void Write(string path, byte[] bytes)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    static long Elements(TensorProto tensor) => tensor.Dims.Aggregate(1L, (product, length) => product * length);
}
