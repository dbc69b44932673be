using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>The frames of a clip, each with its neighbours, as <see cref="NLCL.Runtime.Derainer"/> wants them.</summary>
static class ClipWindow
{
    /// <summary>
    /// Takes ownership of the frames; each is good while its neighbours are. At the ends the frame itself stands for the one that is not there.
    /// Frames that repeat their neighbour (<see cref="FrameRepeat"/>) are looked past, as the derainer of clips does.
    /// </summary>
    public static IEnumerable<(Mat Previous, Mat Frame, Mat Next)> Of(IEnumerable<Mat> frames)
    {
        using Held held = new(frames);
        for (; held.Has(held.Current); held.GoOn())
        {
            yield return (held.Previous, held[held.Current], held.Next);
        }
    }

    /// <summary>The frames that may still be neighbours.</summary>
    sealed class Held(IEnumerable<Mat> frames) : IDisposable
    {
        readonly IEnumerator<Mat> _source = frames.GetEnumerator();
        readonly List<(Mat Frame, bool IsRepeat)> _frames = [];

        public int Current { get; private set; }

        public Mat Previous
        {
            get
            {
                for (int at = Current; at > 0 && Current - at < FrameRepeat.Farthest; at--)
                {
                    if (!_frames[at].IsRepeat) { return this[at - 1]; }
                }
                return this[Math.Max(0, Current - 1)];
            }
        }

        public Mat Next
        {
            get
            {
                for (int at = Current + 1; at - Current <= FrameRepeat.Farthest && Has(at); at++)
                {
                    if (!_frames[at].IsRepeat) { return this[at]; }
                }
                return this[Has(Current + 1) ? Current + 1 : Current];
            }
        }

        public Mat this[int at] => _frames[at].Frame;

        public bool Has(int at)
        {
            while (_frames.Count <= at && _source.MoveNext())
            {
                Mat frame = _source.Current;
                _frames.Add((frame, _frames.Count > 0 && Repeats(frame, _frames[^1].Frame)));
            }
            return _frames.Count > at;
        }

        public void GoOn()
        {
            if (++Current <= FrameRepeat.Farthest) { return; }
            _frames[0].Frame.Dispose();
            _frames.RemoveAt(0);
            Current--;
        }

        public void Dispose()
        {
            _frames.ForEach(held => held.Frame.Dispose());
            _source.Dispose();
        }

        static bool Repeats(Mat frame, Mat before) =>
            frame.Size() == before.Size() && frame.Type() == before.Type() && frame.Depth() is MatType.CV_8U or MatType.CV_16U && frame.IsContinuous() && before.IsContinuous()
            && FrameRepeat.Shows(Samples(frame), Samples(before), 8 * (int)frame.ElemSize1());

        static unsafe ReadOnlySpan<byte> Samples(Mat frame) => new(frame.DataPointer, checked((int)(frame.Total() * frame.ElemSize())));
    }
}
