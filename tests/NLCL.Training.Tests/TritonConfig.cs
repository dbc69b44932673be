using System.Diagnostics;
using System.Text.Json.Nodes;
using NLCL.OnnxExport;
using NLCL.Training;

namespace NLCL.Tests;

/// <summary>Reads a config.pbtxt with protobuf's own parser of its text format, against the part of Triton's ModelConfig that we write.</summary>
static class TritonConfig
{
    const string Python = "/usr/bin/python3";

    // Names, types and numbers of model_config.proto, https://github.com/triton-inference-server/common.
    const string Parser = """
        import sys
        from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory, text_format
        F = descriptor_pb2.FieldDescriptorProto
        file = descriptor_pb2.FileDescriptorProto(name="model_config.proto", package="inference", syntax="proto3")
        def enum(name, **values):
            file.enum_type.add(name=name).value.extend([descriptor_pb2.EnumValueDescriptorProto(name=k, number=v) for k, v in values.items()])
        def message(name, *fields):
            m = file.message_type.add(name=name)
            for field, number, kind, many in fields:
                f = m.field.add(name=field, number=number, label=F.LABEL_REPEATED if many else F.LABEL_OPTIONAL)
                if kind in ("string", "int32", "int64", "uint64"):
                    f.type = getattr(F, "TYPE_" + kind.upper())
                else:
                    f.type = F.TYPE_ENUM if kind.startswith("e:") else F.TYPE_MESSAGE
                    f.type_name = ".inference." + kind.removeprefix("e:")
            return m
        enum("DataType", TYPE_INVALID=0, TYPE_UINT8=2, TYPE_FP32=11)
        enum("Kind", KIND_AUTO=0, KIND_GPU=1, KIND_CPU=2)
        message("Tensor", ("name", 1, "string", 0), ("data_type", 2, "e:DataType", 0), ("dims", 4, "int64", 1))
        message("Batching", ("preferred_batch_size", 1, "int32", 1), ("max_queue_delay_microseconds", 2, "uint64", 0))
        message("Group", ("count", 2, "int32", 0), ("kind", 4, "e:Kind", 0))
        accelerator = message("Accelerator", ("name", 1, "string", 0), ("parameters", 2, "Accelerator.ParametersEntry", 1))
        entry = accelerator.nested_type.add(name="ParametersEntry")
        entry.options.map_entry = True
        entry.field.add(name="key", number=1, label=F.LABEL_OPTIONAL, type=F.TYPE_STRING)
        entry.field.add(name="value", number=2, label=F.LABEL_OPTIONAL, type=F.TYPE_STRING)
        message("Accelerators", ("gpu_execution_accelerator", 1, "Accelerator", 1))
        message("Optimization", ("execution_accelerators", 4, "Accelerators", 0))
        message("ModelConfig", ("name", 1, "string", 0), ("platform", 2, "string", 0), ("max_batch_size", 4, "int32", 0), ("input", 5, "Tensor", 1),
            ("output", 6, "Tensor", 1), ("instance_group", 7, "Group", 1), ("dynamic_batching", 11, "Batching", 0), ("optimization", 12, "Optimization", 0))
        pool = descriptor_pool.DescriptorPool()
        pool.Add(file) if hasattr(pool, "Add") else pool.AddSerializedFile(file.SerializeToString())
        kind = message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName("inference.ModelConfig"))
        print(json_format.MessageToJson(text_format.Parse(open(sys.argv[1]).read(), kind()), preserving_proto_field_name=True))
        """;

    public static void Check(string path, ExportedModel model, TritonAccelerator accelerator)
    {
        Assert.SkipUnless(File.Exists(Python) && Run("import google.protobuf").Code == 0, "The Python module google.protobuf (package python3-protobuf, which python3-onnx brings) is not installed.");
        (int code, string text) = Run(Parser, path);
        Assert.True(code == 0, text);
        JsonNode config = JsonNode.Parse(text)!;

        Assert.Equal(Path.GetFileName(Path.GetDirectoryName(path)), (string?)config["name"]);
        Assert.Equal(("onnxruntime_onnx", 8), ((string?)config["platform"], (int)config["max_batch_size"]!));
        foreach ((string side, string name) in new[] { ("input", "rainy"), ("output", "background") })
        {
            JsonNode tensor = Assert.Single(config[side]!.AsArray())!;
            Assert.Equal((name, model.Variant.Frames ? "TYPE_UINT8" : "TYPE_FP32"), ((string?)tensor["name"], (string?)tensor["data_type"]));
            // Without the batch, which max_batch_size stands for.
            Assert.Equal(model.Variant.Frames ? ["-1", "-1", "3"] : ["3", "-1", "-1"], tensor["dims"]!.AsArray().Select(length => (string?)length));
        }
        Assert.Equal([4, 8], config["dynamic_batching"]!["preferred_batch_size"]!.AsArray().Select(size => (int)size!));
        bool int8 = model.Variant.Precision == ExportPrecision.Int8;
        // The default, KIND_AUTO, is left out of JSON.
        Assert.Equal(int8 ? "KIND_CPU" : null, (string?)config["instance_group"]![0]!["kind"]);
        JsonNode? gpu = config["optimization"]?["execution_accelerators"]!["gpu_execution_accelerator"]![0];
        Assert.Equal(int8 ? null : accelerator == TritonAccelerator.Cuda ? "cuda" : "tensorrt", (string?)gpu?["name"]);
        if (gpu is not null && accelerator == TritonAccelerator.TensorRt)
        {
            Assert.Equal("FP16", (string?)gpu["parameters"]!["precision_mode"]);
            Assert.Equal(model.Variant.Frames ? "rainy:1x64x64x3" : "rainy:1x3x64x64", (string?)gpu["parameters"]!["trt_profile_min_shapes"]);
        }
    }

    static (int Code, string Text) Run(string script, params string[] arguments)
    {
        ProcessStartInfo start = new(Python, ["-c", script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + (process.ExitCode == 0 ? "" : errors.GetAwaiter().GetResult()));
    }
}
