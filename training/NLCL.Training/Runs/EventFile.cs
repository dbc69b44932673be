using Google.Protobuf;
using NLCL.Training.Events;
using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// What a training measures, as TensorBoard shows it: <c>tensorboard --logdir RUN</c>. One file per run; a resumed training
/// continues it. TensorBoard knows such files by "tfevents" in their name.
/// </summary>
sealed class EventFile
{
    const string FileVersion = "brain.Event:2";

    readonly string _path;

    /// <summary>Opens the file: keeps events of up to <paramref name="iterations"/>, drops later ones, which a resumed training writes again.</summary>
    /// <param name="path">The file; made if it is not there.</param>
    /// <param name="iterations">Iterations done.</param>
    public EventFile(string path, long iterations)
    {
        _path = path;
        IEnumerable<byte[]> kept = !File.Exists(path) ? [] : RecordFile.Read(File.ReadAllBytes(path))
            .Where(record => Event.Parser.ParseFrom(record.Span) is { WhatCase: Event.WhatOneofCase.Summary } old && old.Step <= iterations)
            .Select(record => record.ToArray());
        byte[] first = new Event { WallTime = Now(), FileVersion = FileVersion }.ToByteArray();
        AtomicFile.Write(path, stream =>
        {
            foreach (byte[] record in kept.Prepend(first)) { stream.Write(RecordFile.Frame(record)); }
        });
    }

    /// <summary>Adds one point to each curve; values that were not measured (NaN) are left out.</summary>
    /// <param name="iterations">Iterations done.</param>
    /// <param name="values">Name, with "group/" in front, and value.</param>
    public void AddScalars(long iterations, IEnumerable<(string Tag, double Value)> values)
    {
        Summary summary = new();
        summary.Value.AddRange(values.Where(item => !double.IsNaN(item.Value)).Select(item => new SummaryValue { Tag = item.Tag, SimpleValue = (float)item.Value }));
        Append(iterations, summary);
    }

    /// <summary>Adds a picture.</summary>
    /// <param name="iterations">Iterations done.</param>
    /// <param name="tag">Name, with "group/" in front.</param>
    /// <param name="png">The file's bytes.</param>
    /// <param name="size">Of the picture, which has three channels.</param>
    public void AddPicture(long iterations, string tag, byte[] png, Size size)
    {
        SummaryImage image = new() { Width = size.Width, Height = size.Height, Colorspace = 3, EncodedImageString = UnsafeByteOperations.UnsafeWrap(png) };
        Append(iterations, new Summary { Value = { new SummaryValue { Tag = tag, Image = image } } });
    }

    void Append(long iterations, Summary summary)
    {
        byte[] framed = RecordFile.Frame(new Event { WallTime = Now(), Step = iterations, Summary = summary }.ToByteArray());
        using FileStream stream = new(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
        stream.Write(framed);
    }

    static double Now() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
}
