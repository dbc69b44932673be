using OpenCvSharp;

namespace NLCL.Training;

/// <summary>Codes one frame: replaces its values by what a decoder gets.</summary>
/// <param name="frame">The frame, sizes whole macroblocks.</param>
/// <param name="references">None, the frame before, or the frames before and behind, as a decoder has them.</param>
/// <param name="quantizer">H.264's quantisation parameter.</param>
sealed class FrameCoder(CodedFrame frame, IReadOnlyList<CodedFrame> references, double quantizer)
{
    // How x264 rounds by default, and how few levels of a predicted block it drops.
    const float IntraRounding = 1f / 3, InterRounding = 1f / 6;
    const int FewestInter = 2;

    // H.264's scale: 4 is a step of one value of limited range (219 of 255), six more double it.
    readonly float _step = (float)(Math.Pow(2, (quantizer - 4) / 6) * 255 / 219);

    readonly int _across = frame.Luma.Width / HybridCodec.Macroblock;

    public void Run()
    {
        int down = frame.Luma.Height / HybridCodec.Macroblock;
        Deblocking edges = new(frame.Luma.Width, frame.Luma.Height, quantizer);
        CodedPlane luma = new([.. frame.Luma.Values], frame.Luma.Width, frame.Luma.Height);
        BlockMotion motion = new(luma, [.. references.Select(reference => reference.Luma)], _step);
        Prediction before = default;
        for (int block = 0; block < _across * down; block++)
        {
            Point place = new(HybridCodec.Macroblock * (block % _across), HybridCodec.Macroblock * (block / _across));
            Prediction prediction = motion.Best(place, before);
            Code(place, prediction, edges);
            before = prediction;
        }
        foreach (CodedPlane plane in frame.Planes) { edges.Smooth(plane); }
    }

    void Code(Point place, Prediction prediction, Deblocking edges)
    {
        for (int row = 0; row < HybridCodec.Macroblock; row += BlockTransform.Side)
        {
            for (int column = 0; column < HybridCodec.Macroblock; column += BlockTransform.Side)
            {
                Point part = new(place.X + column, place.Y + row);
                bool coded = CodePlane(0, part, prediction);
                edges.Mark(part, prediction, coded);
            }
        }
        Point half = new(place.X / 2, place.Y / 2);
        CodePlane(1, half, prediction);
        CodePlane(2, half, prediction);
    }

    bool CodePlane(int plane, Point place, Prediction prediction)
    {
        Span<float> predicted = stackalloc float[BlockTransform.Size], difference = stackalloc float[BlockTransform.Size];
        Predict(plane, place, prediction, predicted);
        CodedPlane coded = frame.Planes[plane];
        for (int at = 0; at < BlockTransform.Size; at++) { difference[at] = coded.Values[Index(coded, place, at)] - predicted[at]; }
        bool any = BlockTransform.Quantize(difference, _step, prediction.IsIntra ? IntraRounding : InterRounding, prediction.IsIntra ? 0 : FewestInter);
        for (int at = 0; at < BlockTransform.Size; at++)
        {
            coded.Values[Index(coded, place, at)] = Math.Clamp(MathF.Round(predicted[at] + difference[at]), 0, 255);
        }
        return any;
    }

    void Predict(int plane, Point place, Prediction prediction, Span<float> predicted)
    {
        if (prediction.IsIntra)
        {
            predicted.Fill(128);
            return;
        }
        predicted.Clear();
        float share = prediction.First is not null && prediction.Second is not null ? 0.5f : 1;
        Add(prediction.First, 0, predicted);
        Add(prediction.Second, 1, predicted);

        void Add(Point? vector, int reference, Span<float> sum)
        {
            if (vector is not { } moved) { return; }
            CodedPlane from = references[reference].Planes[plane];
            int shrunk = frame.Luma.Width / from.Width;
            Point source = new(place.X + (moved.X / shrunk), place.Y + (moved.Y / shrunk));
            for (int at = 0; at < BlockTransform.Size; at++) { sum[at] += share * from.Values[Index(from, source, at)]; }
        }
    }

    static int Index(CodedPlane plane, Point place, int at) => ((place.Y + (at / BlockTransform.Side)) * plane.Width) + place.X + (at % BlockTransform.Side);
}
