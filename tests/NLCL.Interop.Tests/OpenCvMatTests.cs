using OpenCvSharp;
using Range = OpenCvSharp.Range;

namespace NLCL.Tests;

[Collection(OpenCvPictures.Collection)]
public sealed class OpenCvMatTests
{
    [Fact]
    public void A_view_shares_the_pixels_of_the_whole()
    {
        using var whole = new Mat(6, 8, MatType.CV_8UC3, Scalar.Black);
        using var view = whole[new Rect(2, 1, 3, 4)];
        Assert.Equal((new Size(3, 4), true, false), (view.Size(), view.IsSubmatrix(), view.IsContinuous()));
        Assert.Equal(whole.Step(), view.Step());
        Assert.Equal(whole.Ptr(1, 2), view.Data);
        view.SetTo(new Scalar(1, 2, 3));
        Assert.Equal(new Vec3b(1, 2, 3), whole.Get<Vec3b>(4, 4));
        Assert.Equal(default, whole.Get<Vec3b>(5, 4));
        view.LocateROI(out var size, out var offset);
        Assert.Equal((new Size(8, 6), new Point(2, 1)), (size, offset));
        Assert.True(view.AsSpan<Vec3b>().IsEmpty);
    }

    [Fact]
    public void A_view_outlives_the_matrix_that_it_was_taken_from()
    {
        var whole = OpenCvPictures.Noise(20, 20, MatType.CV_8UC1);
        var expected = whole.Get<byte>(7, 9);
        using var view = whole.SubMat(5, 10, 5, 15);
        whole.Dispose();
        Assert.Equal(expected, view.Get<byte>(2, 4));
    }

    [Fact]
    public void Indexers_assign_and_every_way_to_a_part_is_the_same_part()
    {
        using var whole = OpenCvPictures.Noise(6, 8, MatType.CV_32FC1);
        using var a = whole[1, 4, 2, 7];
        using var b = whole[1..4, 2..7];
        using var c = whole[new Range(1, 4), new Range(2, 7)];
        using var rows = whole.RowRange(1, 4);
        using var d = rows.ColRange(2, 7);
        Assert.Equal([a.Data, a.Data, a.Data], new[] { b.Data, c.Data, d.Data });
        using var row = whole.Row(3);
        using var column = whole.Col(5);
        Assert.Equal(row.Get<float>(0, 5), column.Get<float>(3, 0));

        using var ones = new Mat(3, 5, MatType.CV_32FC1, new Scalar(1));
        whole[1..4, 2..7] = ones;
        OpenCvPictures.AssertSame(ones, a);
        Assert.Throws<ArgumentException>(() => whole[0..2, 0..2] = ones);
    }

    [Fact]
    public void An_array_is_used_in_place_and_stays_pinned_for_its_views()
    {
        float[] numbers = [1, 2, 3, 4, 5, 6];
        var mat = Mat.FromPixelData(2, 3, MatType.CV_32FC1, numbers);
        mat.Set(1, 2, 60f);
        Assert.Equal(60f, numbers[5]);
        using var view = mat.Row(1);
        mat.Dispose();
        numbers[3] = 40;
        Assert.Equal(40f, view.Get<float>(0, 0));
    }

    [Fact]
    public void Memory_with_a_stride_is_read_row_by_row()
    {
        byte[] bytes = [1, 2, 9, 9, 3, 4, 9, 9];
        using var mat = Mat.FromPixelData(2, 2, MatType.CV_8UC1, bytes, step: 4);
        Assert.False(mat.IsContinuous());
        Assert.True(mat.GetArray(out byte[] copied));
        Assert.Equal([1, 2, 3, 4], copied);
        byte[] others = [5, 6, 7, 8];
        Assert.True(mat.SetArray(others));
        Assert.Equal([5, 6, 9, 9, 7, 8, 9, 9], bytes);
    }

    [Fact]
    public void Elements_are_reached_in_every_way()
    {
        using var mat = new Mat(3, 4, MatType.CV_16UC3);
        mat.SetTo(Scalar.All(7));
        mat.At<Vec3w>(1, 2).Item1 = 500;
        Assert.Equal(new Vec3w(7, 500, 7), mat.Get<Vec3w>(1, 2));
        var indexer = mat.GetUnsafeGenericIndexer<Vec3w>();
        indexer[2, 3] = new Vec3w(1, 2, 3);
        Assert.Equal(new Vec3w(1, 2, 3), mat.AsSpan<Vec3w>()[11]);
        Assert.True(mat.GetRectangularArray(out Vec3w[,] square));
        Assert.Equal(new Vec3w(1, 2, 3), square[2, 3]);
        Assert.Throws<OpenCvSharpException>(() => mat.GetArray(out byte[] _));
    }

    [Fact]
    public void Shape_and_type_are_told_truthfully()
    {
        using var mat = new Mat(new Size(5, 4), MatType.CV_32FC3, Scalar.All(1));
        Assert.Equal((4, 5, 4, 5, 2), (mat.Rows, mat.Cols, mat.Height, mat.Width, mat.Dims));
        Assert.Equal((MatType.CV_32F, 3, 12, 4, 20L, 60L), (mat.Depth(), mat.Channels(), mat.ElemSize(), mat.ElemSize1(), mat.Total(), mat.Step()));
        using var flat = mat.Reshape(1, 1);
        Assert.Equal((1, 60), (flat.Rows, flat.Cols));
        using var four = new Mat([1, 3, 4, 5], MatType.CV_32FC1);
        Assert.Equal((4, 60L, 5), (four.Dims, four.Total(), four.Size(3)));
        using var nothing = new Mat();
        Assert.True(nothing.Empty());
        using Mat ones = Mat.Ones(2, 2, MatType.CV_32FC1);
        Assert.Equal(4, Cv2.Sum(ones).Val0);
        Assert.Equal("CV_16UC3", MatType.CV_16UC3.ToString());
    }

    [Fact]
    public void Conversion_scales_and_rounds_to_even()
    {
        using var mat = Mat.FromPixelData(1, 4, MatType.CV_32FC1, new float[] { 0.5f, 1.5f, 300, -4 });
        using var bytes = new Mat();
        mat.ConvertTo(bytes, MatType.CV_8U);
        Assert.Equal([0, 2, 255, 0], bytes.AsSpan<byte>().ToArray());
        mat.ConvertTo(bytes, MatType.CV_8U, alpha: 2, beta: 1);
        Assert.Equal([2, 4, 255, 0], bytes.AsSpan<byte>().ToArray());
    }

    [Fact]
    public void Everything_native_is_gone_when_everything_is_disposed()
    {
        Assert.SkipUnless(OpenCvPictures.BindingIsOurs, OpenCvPictures.NotOurs);
        // Matrices that other tests left to the finalizer must not be counted in between.
        GC.WaitForPendingFinalizers();
        var mats = new List<Mat>();
        var before = OpenCvPictures.LiveMats();
        for (var i = 0; i < 10; i++) { mats.Add(new Mat(10, 10, MatType.CV_8UC3, Scalar.All(i))); }
        mats.Add(mats[0].Clone());
        mats.Add(mats[0].SubMat(0, 2, 0, 2));
        mats.AddRange(Cv2.Split(mats[1]));
        Cv2.GaussianBlur(mats[0], mats[1], new Size(3, 3), 1);
        Assert.Throws<OpenCVException>(() => Cv2.CvtColor(mats[12], mats[2], ColorConversionCodes.BGR2GRAY));
        Assert.Equal(before + 15, OpenCvPictures.LiveMats());
        mats.ForEach(mat => mat.Dispose());
        mats.ForEach(mat => mat.Dispose());
        Assert.Equal(before, OpenCvPictures.LiveMats());
        Assert.All(mats, mat => Assert.True(mat.IsDisposed));
    }

    [Fact]
    public void A_failure_names_what_went_wrong()
    {
        using var a = new Mat(2, 3, MatType.CV_8UC1);
        using var b = new Mat(3, 2, MatType.CV_8UC1);
        using var result = new Mat();
        var failure = Assert.Throws<OpenCVException>(() => Cv2.Add(a, b, result));
        Assert.Equal(ErrorCode.StsUnmatchedSizes, failure.Status);
        Assert.Contains("size", failure.Message, StringComparison.Ordinal);
        Assert.Equal("arithm_op", failure.FuncName);
        Assert.True(failure.Line > 0);

        Assert.Throws<ArgumentException>(() => a.SubMat(1, 1, 0, 2));
        Assert.ThrowsAny<Exception>(() => a.SubMat(0, 5, 0, 2));
        a.Dispose();
        Assert.Throws<ObjectDisposedException>(() => a.Size());
        Assert.Throws<ArgumentNullException>(() => Cv2.Add(null!, b, result));
        if (OpenCvPictures.BindingIsOurs) // the original's process ends here (4.13.0.20260627)
        {
            Assert.Throws<ObjectDisposedException>(() => Cv2.Add(a, b, result));
        }
    }

    [Fact]
    public void Errors_on_other_threads_stay_there()
    {
        using var picture = new Mat(4, 4, MatType.CV_8UC1);
        Parallel.For(0, 200, i =>
        {
            using var result = new Mat();
            if (i % 2 == 0) { Cv2.Blur(picture, result, new Size(3, 3)); }
            else { Assert.Contains("ksize", Assert.Throws<OpenCVException>(() => Cv2.MedianBlur(picture, result, 2)).Message, StringComparison.Ordinal); }
        });
    }
}
