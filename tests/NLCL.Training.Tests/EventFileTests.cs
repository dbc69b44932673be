using System.Diagnostics;
using NLCL.Training;
using OpenCvSharp;

namespace NLCL.Tests;

/// <summary>Event files as a reader sees them that shares no line with the writer: Python's protobuf, and a bitwise CRC-32C.</summary>
public sealed class EventFileTests : IDisposable
{
    const string Python = "/usr/bin/python3";

    // Message types are built here from TensorFlow's published field numbers, not from our .proto file.
    const string Reader = """
        import struct, sys
        from google.protobuf import descriptor_pb2, descriptor_pool
        try:
            from google.protobuf.message_factory import GetMessageClass as cls
        except ImportError:
            from google.protobuf.message_factory import MessageFactory
            cls = MessageFactory().GetPrototype
        F = descriptor_pb2.FieldDescriptorProto
        file = descriptor_pb2.FileDescriptorProto(name="e.proto", package="t", syntax="proto3")
        def message(name, *fields):
            m = file.message_type.add(name=name)
            for field, number, kind, label, of in fields:
                m.field.add(name=field, number=number, type=kind, label=label, type_name=of or None)
        ONE, MANY = F.LABEL_OPTIONAL, F.LABEL_REPEATED
        message("Image", ("height", 1, F.TYPE_INT32, ONE, ""), ("width", 2, F.TYPE_INT32, ONE, ""), ("colorspace", 3, F.TYPE_INT32, ONE, ""), ("encoded", 4, F.TYPE_BYTES, ONE, ""))
        message("Value", ("tag", 1, F.TYPE_STRING, ONE, ""), ("simple_value", 2, F.TYPE_FLOAT, ONE, ""), ("image", 4, F.TYPE_MESSAGE, ONE, ".t.Image"))
        message("Summary", ("value", 1, F.TYPE_MESSAGE, MANY, ".t.Value"))
        message("Event", ("wall_time", 1, F.TYPE_DOUBLE, ONE, ""), ("step", 2, F.TYPE_INT64, ONE, ""), ("file_version", 3, F.TYPE_STRING, ONE, ""), ("summary", 5, F.TYPE_MESSAGE, ONE, ".t.Summary"))
        pool = descriptor_pool.DescriptorPool(); pool.Add(file)
        Event = cls(pool.FindMessageTypeByName("t.Event"))
        def crc32c(data):
            crc = 0xffffffff
            for byte in data:
                crc ^= byte
                for _ in range(8): crc = (crc >> 1) ^ (0x82f63b78 if crc & 1 else 0)
            return crc ^ 0xffffffff
        def masked(data):
            crc = crc32c(data)
            return (((crc >> 15) | (crc << 17)) + 0xa282ead8) & 0xffffffff
        assert crc32c(b"123456789") == 0xe3069283
        with open(sys.argv[1], "rb") as f:
            while True:
                head = f.read(12)
                if not head: break
                length, check = struct.unpack("<QI", head)
                assert check == masked(head[:8]), "length checksum"
                data = f.read(length)
                assert struct.unpack("<I", f.read(4))[0] == masked(data), "checksum"
                event = Event(); event.ParseFromString(data)
                assert 1.7e9 < event.wall_time < 1e10, event.wall_time
                if event.file_version: print("version", event.file_version)
                for value in event.summary.value:
                    if value.HasField("image"): print(event.step, value.tag, value.image.width, value.image.height, value.image.colorspace, value.image.encoded[:4] == b"\x89PNG")
                    else: print(event.step, value.tag, "%.4g" % value.simple_value)
        """;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Another_reader_finds_curves_and_pictures()
    {
        EventFile events = new(_folder.File("a"), 0);
        events.AddScalars(10, [("training/Replay", 0.25), ("training/Adversary", double.NaN), ("training/Total", -3.5)]);
        using Mat picture = TestPictures.Create(1, 24, 16);
        events.AddPicture(10, "strip/all", picture.ImEncode(".png"), picture.Size());

        Assert.Equal(["version brain.Event:2", "10 training/Replay 0.25", "10 training/Total -3.5", "10 strip/all 24 16 3 True"], Read(_folder.File("a")));
    }

    [Fact]
    public void A_resumed_training_goes_on_where_its_checkpoint_was()
    {
        EventFile events = new(_folder.File("a"), 0);
        foreach (long step in new long[] { 1, 2, 3, 4 }) { events.AddScalars(step, [("x/y", step)]); }
        byte[] whole = File.ReadAllBytes(_folder.File("a"));
        File.WriteAllBytes(_folder.File("a"), whole[..^5]); // killed while it wrote the fourth

        EventFile resumed = new(_folder.File("a"), 2);
        resumed.AddScalars(3, [("x/y", 30)]);

        Assert.Equal(["version brain.Event:2", "1 x/y 1", "2 x/y 2", "3 x/y 30"], Read(_folder.File("a")));
        Assert.Equal(["a"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_damaged_record_ends_the_reading()
    {
        byte[] file = [.. RecordFile.Frame([1, 2, 3]), .. RecordFile.Frame([4, 5])];
        Assert.Equal(2, RecordFile.Read(file).Count());
        for (int index = 0; index < file.Length; index++)
        {
            byte[] damaged = [.. file];
            damaged[index] ^= 0x10;
            Assert.Equal(index < 19 ? 0 : 1, RecordFile.Read(damaged).Count()); // 8 + 4 + 3 + 4 bytes are the first one
            Assert.InRange(RecordFile.Read(file[..index]).Count(), 0, 1);
        }
    }

    static string[] Read(string path)
    {
        Assert.SkipUnless(File.Exists(Python) && Run("-c", "import google.protobuf").Code == 0, "The Python module google.protobuf (package python3-protobuf) is not installed.");
        (int code, string text) = Run("-c", Reader, path);
        Assert.True(code == 0, text);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    static (int Code, string Text) Run(params string[] arguments)
    {
        ProcessStartInfo start = new(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + errors.GetAwaiter().GetResult());
    }
}
