using System.Buffers.Binary;
using System.Text;
using NLCL.Training;

namespace NLCL.Tests;

public sealed class SafetensorsFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_comes_back()
    {
        byte[] numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        SafetensorsFile.Write(_folder.File("a"), new Dictionary<string, string> { ["key"] = "va\"lue\n" },
        [
            new("weights", SafetensorsType.F32, [1, 3], numbers),
            new("empty", SafetensorsType.F64, [0, 7], Array.Empty<byte>()),
            new("step", SafetensorsType.I64, [], BitConverter.GetBytes(-5L)),
        ]);

        SafetensorsFile file = SafetensorsFile.Read(_folder.File("a"));

        Assert.Equal("va\"lue\n", file.Metadata["key"]);
        Assert.Equal(3, file.Entries.Count);
        Assert.Equal([1, 3], file.Entries["weights"].Shape);
        Assert.Equal(numbers, file.Entries["weights"].Bytes.ToArray());
        Assert.Equal([0, 7], file.Entries["empty"].Shape);
        Assert.Equal(-5, BitConverter.ToInt64(file.Entries["step"].Bytes.Span));
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        SafetensorsFile.Write(_folder.File("a"), new Dictionary<string, string> { ["k"] = "v" }, [new("w", SafetensorsType.F32, [1], new byte[] { 1, 2, 3, 4 })]);

        const string Header = """{"__metadata__":{"k":"v"},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";
        byte[] bytes = File.ReadAllBytes(_folder.File("a"));
        int length = (Header.Length + 7) / 8 * 8;
        Assert.Equal((ulong)length, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        Assert.Equal(Header.PadRight(length), Encoding.UTF8.GetString(bytes, 8, length));
        Assert.Equal([1, 2, 3, 4], bytes[(8 + length)..]);
        Assert.Equal(["a"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, null)]
    [InlineData("""[1]""", 0, "does not begin with '{'")]
    [InlineData("", 0, "does not begin with '{'")]
    [InlineData("""{"w":""", 0, "is not JSON")]
    [InlineData("""{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"w":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "names 'w' twice")]
    [InlineData("""{"__metadata__":[]}""", 0, "'__metadata__' is Array")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "metadata 'a' is Number")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "metadata names 'a' twice")]
    [InlineData("""{"w":3}""", 0, "says of 'w' Number")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1]}}""", 4, "has the members 'dtype, shape'")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""", 4, "has the members 'data_offsets, dtype, more, shape'")]
    [InlineData("""{"w":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4, "is of type 'F33'")]
    [InlineData("""{"w":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "shape of 'w' is Number")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "shape of 'w' holds '-1'")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "shape of 'w' holds '1.5'")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "3 data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "before its begin")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "ends at byte 8, but only 4 follow")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "asks for 8")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}""", 4, "larger than any file")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "inside the array before it")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""", 3, "no array covers the bytes from 1 to 2")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 3, "2 bytes follow the last array")]
    public void Every_way_to_lie_has_its_message(string header, int dataBytes, string? message)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = BitConverter.GetBytes((ulong)text.Length);
        File.WriteAllBytes(_folder.File("bad"), [.. length, .. text, .. new byte[dataBytes]]);

        Exception? failure = Record.Exception(() => SafetensorsFile.Read(_folder.File("bad")));

        if (message is null) { Assert.Null(failure); return; }
        Assert.IsType<CheckpointException>(failure);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder.File("bad"), failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "at least 8 bytes, found 3")]
    [InlineData(new byte[] { 9, 0, 0, 0, 0, 0, 0, 0, 123 }, "only 1 follow: the file is cut off")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 123 }, "more than the 100000000")]
    public void A_wrong_length_is_named(byte[] bytes, string message)
    {
        File.WriteAllBytes(_folder.File("bad"), bytes);

        CheckpointException failure = Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(_folder.File("bad")));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_cut_of_a_file_is_read()
    {
        SafetensorsFile.Write(_folder.File("a"), new Dictionary<string, string>(), [new("w", SafetensorsType.F32, [2], new byte[8])]);
        byte[] whole = File.ReadAllBytes(_folder.File("a"));
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_folder.File("cut"), whole[..length]);
            Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(_folder.File("cut")));
        }
    }

    [Fact]
    public void Text_that_is_not_utf8_is_named()
    {
        byte[] header = [.. "{\"w\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}"u8];
        header[2] = 0xff;
        File.WriteAllBytes(_folder.File("bad"), [.. BitConverter.GetBytes((ulong)header.Length), .. header, 0]);
        Assert.Contains("not UTF-8", Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(_folder.File("bad"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_damage_is_read_or_refused_with_a_message()
    {
        SafetensorsFile.Write(
            _folder.File("a"), new Dictionary<string, string> { ["k"] = "v\u00e9" },
            [new("w", SafetensorsType.F32, [2, 1], new byte[8]), new("b", SafetensorsType.I64, [], new byte[8])]);
        byte[] whole = File.ReadAllBytes(_folder.File("a"));
        Random random = new(4);
        int refused = 0;
        for (int round = 0; round < 3000; round++)
        {
            byte[] damaged = [.. whole];
            for (int hit = random.Next(1, 4); hit > 0; hit--) { damaged[random.Next(damaged.Length)] = (byte)random.Next(256); }
            File.WriteAllBytes(_folder.File("bad"), damaged);
            Exception? failure = Record.Exception(() => SafetensorsFile.Read(_folder.File("bad")));
            Assert.True(failure is null or CheckpointException, $"{failure}");
            refused += failure is null ? 0 : 1;
        }
        Assert.InRange(refused, 1500, 2999); // damage to the numbers themselves shows to nobody
    }

    [Fact]
    public void Bytes_that_do_not_fit_the_shape_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(
            _folder.File("a"), new Dictionary<string, string>(), [new("w", SafetensorsType.F32, [2], new byte[4])]));
        Assert.False(File.Exists(_folder.File("a")));
    }
}
