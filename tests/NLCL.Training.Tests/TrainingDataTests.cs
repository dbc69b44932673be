using NLCL.Runtime;
using NLCL.Training;
using OpenCvSharp;

namespace NLCL.Tests;

public sealed class TrainingDataTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    int _batches;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_file_of_a_folder_of_pairs_serves_in_both_roles()
    {
        string pairs = TestPictures.Pairs(_folder.File("pairs"), 40);
        string other = TestPictures.Folder(_folder.File("other"), 3);
        TrainingSources sources = new()
        {
            Rainy = [PictureFolder.Parse(pairs + ":right")],
            Clean = [PictureFolder.Parse(pairs + "/:left"), PictureFolder.Parse(other)],
        };

        (IReadOnlyList<TrainingPicture> rainy, IReadOnlyList<TrainingPicture> clean) = PictureRoles.Assign(sources);

        string[] cleanPairs = [.. clean.Where(picture => picture.Folder.Half == PictureHalf.Left).Select(picture => Path.GetFileName(picture.File))];
        Assert.Empty(rainy.Select(picture => Path.GetFileName(picture.File)).Intersect(cleanPairs));
        Assert.Equal(40, rainy.Count + cleanPairs.Length);
        Assert.InRange(rainy.Count, 10, 30);
        Assert.Equal(3, clean.Count - cleanPairs.Length);
        Assert.Equal(rainy.Select(picture => picture.File), PictureRoles.Assign(sources).Rainy.Select(picture => picture.File));
    }

    [Fact]
    public void The_same_pictures_cannot_be_rainy_and_clean()
    {
        string pictures = TestPictures.Folder(_folder.File("a"), 2);
        TrainingSources sources = new() { Rainy = [PictureFolder.Parse(pictures)], Clean = [PictureFolder.Parse(pictures)] };
        Assert.Contains("name its halves", Assert.Throws<TrainingException>(() => PictureRoles.Assign(sources)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_pictures_is_one_clear_error()
    {
        Directory.CreateDirectory(_folder.File("empty"));
        TrainingSources sources = new() { Rainy = [PictureFolder.Parse(_folder.File("empty"))] };
        TrainingException failure = Assert.Throws<TrainingException>(() => PictureRoles.Assign(sources));
        Assert.Contains("found none", failure.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.File("empty"), failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30_000)]
    [InlineData(1_000_000)]
    public void Pictures_are_the_same_with_and_without_memory_for_them(long budget)
    {
        using PicturePool pool = Pool(TestPictures.Folder(_folder.File("a"), 4), budget);
        for (int round = 0; round < 2; round++)
        {
            for (int index = 0; index < pool.Count; index++)
            {
                using Mat expected = TestPictures.Create(index, 96, 80);
                using Mat found = pool.Load(index)!;
                using Mat difference = new();
                Cv2.Absdiff(expected, found, difference);
                Assert.Equal(0, Cv2.Sum(difference).Val0 + Cv2.Sum(difference).Val1 + Cv2.Sum(difference).Val2);
            }
        }
    }

    [Fact]
    public void Unreadable_pictures_are_skipped_and_named()
    {
        string pictures = TestPictures.Folder(_folder.File("a"), 2);
        File.WriteAllText(Path.Combine(pictures, "0.png"), "no picture");
        using PicturePool pool = Pool(pictures, 0);
        Random random = new(1);
        for (int draw = 0; draw < 20; draw++) { pool.LoadRandom(random).Dispose(); }
        Assert.Contains("0.png", Assert.Single(pool.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_unreadable_pictures_ends_the_training()
    {
        Directory.CreateDirectory(_folder.File("a"));
        File.WriteAllText(_folder.File("a/0.png"), "no picture");
        using PicturePool pool = Pool(_folder.File("a"), 0);
        Assert.Throws<TrainingException>(() => pool.LoadRandom(new Random(1)));
    }

    [Fact]
    public void Crops_are_parts_of_the_picture_or_of_its_mirror_image()
    {
        using Mat picture = TestPictures.Create(3, 40, 30);
        for (int seed = 0; seed < 20; seed++)
        {
            using Mat crop = CropSampler.Cut(picture, 16, new Random(seed));
            Assert.Equal(MatType.CV_32FC3, crop.Type());
            Assert.True(Occurs(crop, picture), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(10, 50)]
    [InlineData(50, 10)]
    [InlineData(16, 16)]
    [InlineData(3, 3)]
    public void Small_pictures_are_enlarged(int width, int height)
    {
        using Mat picture = new(height, width, MatType.CV_8UC3, Scalar.All(100));
        using Mat crop = CropSampler.Cut(picture, 16, new Random(1), 0.5, turn: true);
        Assert.Equal(new Size(16, 16), crop.Size());
        Assert.Equal(100 / 255.0, Cv2.Mean(crop).Val0, 1e-6);
    }

    [Fact]
    public void Planes_are_red_green_blue_and_come_back()
    {
        using Mat picture = TestPictures.Create(5, 7, 5);
        using Mat values = new();
        picture.ConvertTo(values, MatType.CV_32FC3, 1 / 255.0);
        float[] planes = new float[3 * 7 * 5];
        PlanarPicture.Copy(values, planes);
        Vec3b pixel = picture.At<Vec3b>(2, 3);
        Assert.Equal(pixel.Item2 / 255f, planes[(2 * 7) + 3], 1e-6f);
        Assert.Equal(pixel.Item0 / 255f, planes[70 + (2 * 7) + 3], 1e-6f);

        using Mat back = PlanarPicture.Create(planes, 7, picture.Size());
        using Mat difference = new();
        Cv2.Absdiff(picture, back, difference);
        Assert.Equal(0, Cv2.Sum(difference).Val0 + Cv2.Sum(difference).Val1 + Cv2.Sum(difference).Val2);
    }

    [Fact]
    public void Batches_depend_on_seed_and_iteration_only()
    {
        TrainingOptions options = TrainingOptions.SmokePreset;
        (TrainingBatch first, TrainingBatch again) = (Batch(options, 5, 0), Batch(options, 5, 1_000_000));
        Assert.Equal(first.SyntheticRainy, again.SyntheticRainy);
        Assert.Equal(first.SyntheticClean, again.SyntheticClean);
        Assert.Equal(first.Rainy, again.Rainy);
        Assert.NotEqual(first.Rainy, Batch(options, 6, 0).Rainy);
        Assert.NotEqual(first.Rainy, Batch(options with { Seed = 2 }, 5, 0).Rainy);
        Assert.Equal(2 * 3 * 64 * 64, first.SyntheticRainy.Length);
        Assert.NotEqual(first.SyntheticRainy, first.SyntheticClean);
        Assert.All(first.SyntheticRainy, value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void A_network_of_three_frames_gets_three_and_the_middle_ones_truth()
    {
        TrainingOptions options = TrainingOptions.SmokePreset with
        {
            Lean = TrainingOptions.SmokePreset.Lean with { Frames = 3 },
            Rain = RainOptions.Mixed with { NoRain = 1, Scene = null },
            Motion = new SceneMotionOptions { Frozen = 0, Fixed = 0, Aligned = 0, Thing = 0, Cut = 0 },
        };
        TrainingBatch moving = Batch(options, 3, 0), still = Batch(options with { Motion = new() { Frozen = 0, Fixed = 1, Thing = 0, Cut = 0 } }, 3, 0);
        int frame = 3 * 64 * 64;
        Assert.Equal((2 * 3 * frame, 2 * frame), (moving.SyntheticRainy.Length, moving.SyntheticClean.Length));
        for (int index = 0; index < 2; index++)
        {
            // No rain was asked for: the middle frame is the truth, and the others are the scene a little to the side.
            ReadOnlySpan<float> window = moving.SyntheticRainy.AsSpan(index * 3 * frame, 3 * frame);
            Assert.Equal(moving.SyntheticClean.AsSpan(index * frame, frame), window.Slice(frame, frame));
            Assert.False(window[..frame].SequenceEqual(window.Slice(frame, frame)));
            Assert.False(window[..frame].SequenceEqual(window.Slice(2 * frame, frame)));
            window = still.SyntheticRainy.AsSpan(index * 3 * frame, 3 * frame);
            Assert.Equal(window[..frame], window.Slice(frame, frame));
            Assert.Equal(window[..frame], window.Slice(2 * frame, frame));
        }
    }

    [Fact]
    public void Rain_falls_between_the_frames_of_a_still_scene()
    {
        TrainingOptions options = TrainingOptions.SmokePreset with
        {
            Lean = TrainingOptions.SmokePreset.Lean with { Frames = 3 },
            Rain = RainOptions.Named("streaks") with { NoRain = 0, Scene = null },
            Motion = new SceneMotionOptions { Frozen = 0, Fixed = 1, Thing = 0, Cut = 0 },
        };
        TrainingBatch batch = Batch(options, 3, 0);
        int frame = 3 * 64 * 64;
        ReadOnlySpan<float> before = batch.SyntheticRainy.AsSpan(0, frame), now = batch.SyntheticRainy.AsSpan(frame, frame), after = batch.SyntheticRainy.AsSpan(2 * frame, frame);
        Assert.False(before.SequenceEqual(now));
        Assert.False(after.SequenceEqual(now));
        // The darkest of three frames is nearer to the truth than any of them, for rain is mostly brighter than what it hides.
        (double best, double[] single) = (0, new double[3]);
        for (int at = 0; at < frame; at++)
        {
            float truth = batch.SyntheticClean[at];
            best += Math.Abs(Math.Min(now[at], Math.Min(before[at], after[at])) - truth);
            (single[0], single[1], single[2]) = (single[0] + Math.Abs(before[at] - truth), single[1] + Math.Abs(now[at] - truth), single[2] + Math.Abs(after[at] - truth));
        }

        Assert.True(best < single.Min(), $"{best / frame:0.0000} against {single.Min() / frame:0.0000}");
    }

    [Fact]
    public void Clips_go_through_a_codec_and_rainy_ones_are_to_become_what_they_were_before()
    {
        TrainingOptions Options(double rain, double codec) => TrainingOptions.SmokePreset with
        {
            Lean = TrainingOptions.SmokePreset.Lean with { Frames = 3 },
            Rain = RainOptions.Named("streaks") with { NoRain = 1 - rain, Scene = null, Camera = CameraOptions.Perfect with { CodecProbability = codec, CodecQuantizer = new(30, 30) } },
            Motion = new SceneMotionOptions { Frozen = 0, Fixed = 1, Thing = 0, Cut = 1 },
        };
        int frame = 3 * 64 * 64;
        TrainingBatch rainy = Batch(Options(1, 1), 3, 0), dry = Batch(Options(0, 1), 3, 0), plain = Batch(Options(0, 0), 3, 0);
        for (int index = 0; index < 2; index++)
        {
            ReadOnlySpan<float> middle = dry.SyntheticRainy.AsSpan((3 * index * frame) + frame, frame), truth = dry.SyntheticClean.AsSpan(index * frame, frame);
            Assert.Equal(truth, middle);
            Assert.True(Difference(rainy.SyntheticRainy.AsSpan((3 * index * frame) + frame, frame), rainy.SyntheticClean.AsSpan(index * frame, frame)) > 0.002);
        }
        // The same scene, before and as coded.
        Assert.InRange(Difference(plain.SyntheticClean.AsSpan(0, frame), dry.SyntheticClean.AsSpan(0, frame)), 0.001, 0.05);
        Assert.Equal(rainy.SyntheticRainy, Batch(Options(1, 1), 3, 0).SyntheticRainy);
        Assert.NotEqual(rainy.SyntheticRainy, Batch(Options(1, 0), 3, 0).SyntheticRainy);
    }

    [Fact]
    public void Where_the_light_changes_the_frame_stays_and_its_neighbours_do_not()
    {
        TrainingOptions Options(double light) => TrainingOptions.SmokePreset with
        {
            Lean = TrainingOptions.SmokePreset.Lean with { Frames = 3 },
            Rain = RainOptions.Mixed with { NoRain = 1, Scene = null },
            Motion = new SceneMotionOptions { Frozen = 0, Fixed = 1, Thing = 0, Cut = 0, Light = light },
        };
        int frame = 3 * 64 * 64, brighter = 0, darker = 0;
        for (int iteration = 0; iteration < 12; iteration++)
        {
            TrainingBatch lit = Batch(Options(1), iteration, 0);
            ReadOnlySpan<float> before = lit.SyntheticRainy.AsSpan(0, frame), now = lit.SyntheticRainy.AsSpan(frame, frame), behind = lit.SyntheticRainy.AsSpan(2 * frame, frame);
            Assert.Equal(lit.SyntheticClean.AsSpan(0, frame), now);
            Assert.False(before.SequenceEqual(now) && behind.SequenceEqual(now));
            Assert.Equal(now, Batch(Options(0), iteration, 0).SyntheticRainy.AsSpan(frame, frame));
            foreach (float ratio in new[] { Mean(before) / Mean(now), Mean(behind) / Mean(now) })
            {
                Assert.InRange(ratio, 0.45f, 2.05f);
                brighter += ratio > 1.02 ? 1 : 0;
                darker += ratio < 0.98 ? 1 : 0;
            }
        }
        Assert.True(brighter > 2 && darker > 2, $"{brighter} brighter, {darker} darker");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Enlarged_crops_are_softer_and_have_wider_rain_and_reduced_ones_thinner(int frames)
    {
        TrainingOptions Options(double probability, double factor = 2) => TrainingOptions.SmokePreset with
        {
            Lean = TrainingOptions.SmokePreset.Lean with { Frames = frames },
            Rain = RainOptions.Named("streaks") with { Scene = null, Camera = CameraOptions.Perfect },
            Enlargement = new() { Probability = probability, Factor = new(factor, factor) },
        };
        (double large, double small, double plain) = (0, 0, 0);
        for (int iteration = 0; iteration < 6; iteration++)
        {
            TrainingBatch enlarged = Batch(Options(1), iteration, 0), reduced = Batch(Options(1, 0.5), iteration, 0), asItIs = Batch(Options(0), iteration, 0);
            Assert.All(new[] { enlarged, reduced }, batch => Assert.Equal(asItIs.SyntheticRainy.Length, batch.SyntheticRainy.Length));
            Assert.All(enlarged.SyntheticRainy.Concat(reduced.SyntheticRainy), value => Assert.InRange(value, 0, 1));
            Assert.Equal(enlarged.SyntheticClean, Batch(Options(1), iteration, 0).SyntheticClean);
            large += Steps(enlarged);
            small += Steps(reduced);
            plain += Steps(asItIs);
        }
        Assert.True(large < 0.75 * plain && small > 1.1 * plain, $"{large:0.000} and {small:0.000} against {plain:0.000}");
        // Nothing is drawn for it where it is not asked for.
        Assert.Equal(Batch(Options(0) with { Enlargement = new() }, 0, 0).SyntheticRainy, Batch(Options(0), 0, 0).SyntheticRainy);

        // Of the rain: how much of it changes from one pixel to the next.
        double Steps(TrainingBatch batch)
        {
            const int side = 64, plane = side * side;
            (double step, double size) = (0, 0);
            ReadOnlySpan<float> rainy = batch.SyntheticRainy.AsSpan(3 * plane * (frames / 2), plane), clean = batch.SyntheticClean.AsSpan(0, plane);
            for (int at = 1; at < plane; at++)
            {
                float here = rainy[at] - clean[at], before = rainy[at - 1] - clean[at - 1];
                step += at % side == 0 ? 0 : Math.Abs(here - before);
                size += Math.Abs(here);
            }
            return step / (size + 1e-3);
        }
    }

    static float Mean(ReadOnlySpan<float> values)
    {
        float sum = 0;
        foreach (float value in values) { sum += value; }
        return sum / values.Length;
    }

    static double Difference(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        double sum = 0;
        for (int at = 0; at < one.Length; at++) { sum += Math.Abs(one[at] - other[at]); }
        return sum / one.Length;
    }

    [Fact]
    public void A_camera_that_comes_nearer_moves_the_rim_and_not_the_middle()
    {
        using Mat picture = Chequered();
        using MovingScene scene = MovingScene.Draw(picture, picture, 64, Nearer with { Aligned = 0 }, 1, new Random(2));
        using Mat before = scene.Frame(-1), now = scene.Frame(0);
        double middle = Change(before, now, 30, 34), all = Change(before, now, 0, 64);
        Assert.True(middle < 0.5 * all, $"{middle} in the middle, {all} over all");
    }

    [Fact]
    public void Aligned_cells_show_what_the_frame_shows_to_half_a_pixel()
    {
        using Mat picture = Chequered();
        SceneMotionOptions motion = Nearer with { Farthest = 9 };
        using MovingScene moved = MovingScene.Draw(picture, picture, 64, motion with { Aligned = 0 }, 1, new Random(5));
        using MovingScene aligned = MovingScene.Draw(picture, picture, 64, motion with { Aligned = 1 }, 1, new Random(5));
        using Mat now = moved.Frame(0), seen = moved.Frame(1), back = aligned.Frame(1);
        Assert.Equal(0, Change(now, aligned.Frame(0), 0, 64));
        Assert.True(Change(back, now, 0, 64) < 0.5 * Change(seen, now, 0, 64), $"{Change(back, now, 0, 64)} aligned, {Change(seen, now, 0, 64)} as it was seen");
    }

    // Cells of 6 pixels: a shift of a half is told from a larger one.
    static Mat Chequered()
    {
        Mat picture = new(96, 96, MatType.CV_8UC3, Scalar.All(0));
        for (int at = 0; at < 96 * 96; at++)
        {
            byte value = (byte)(((at % 96 / 6) + (at / 96 / 6)) % 2 * 200);
            picture.Set(at / 96, at % 96, new Vec3b(value, value, value));
        }
        return picture;
    }

    static SceneMotionOptions Nearer { get; } = new() { Fixed = 0, Zoom = 1, Thing = 0, Farthest = 0 };

    [Fact]
    public void What_is_near_moves_on_where_the_camera_drives_past_and_neighbours_are_shifted_back()
    {
        SceneMotionOptions motion = new() { Fixed = 0, Zoom = 0, Passing = 1, Thing = 0, Farthest = 12 };
        using Mat picture = Chequered();
        int passed = 0;
        for (int seed = 0; seed < 8; seed++)
        {
            using MovingScene scene = MovingScene.Draw(picture, picture, 64, motion with { Aligned = 1 }, 1, new Random(seed));
            using MovingScene turned = MovingScene.Draw(picture, picture, 64, motion with { Aligned = 1, Passing = 0 }, 1, new Random(seed));
            using Mat next = scene.Frame(1), far = turned.Frame(1);
            Assert.Equal(turned.Pan, scene.Pan);
            // The horizon lies in the upper four fifths: behind it nothing is changed, before it the more the nearer.
            int[] changed = [.. Enumerable.Range(0, 64).Where(y => !next.Floats().Slice(3 * 64 * y, 3 * 64).SequenceEqual(far.Floats().Slice(3 * 64 * y, 3 * 64)))];
            Assert.True(changed.Length == 0 || (changed[0] >= 0 && changed[^1] == 63), $"seed {seed}: rows {changed.FirstOrDefault()} to {changed.LastOrDefault()}");
            passed += changed.Length > 10 && changed[0] > 0 ? 1 : 0;
            using Mat now = scene.Frame(0), stays = turned.Frame(0);
            Assert.True(now.Floats().SequenceEqual(stays.Floats()));
        }
        Assert.InRange(passed, 4, 8);
    }

    // Mean over a square on the diagonal.
    static double Change(Mat one, Mat other, int from, int to)
    {
        double sum = 0;
        for (int y = from; y < to; y++)
        {
            for (int x = from; x < to; x++) { sum += Math.Abs(one.Floats()[3 * ((y * 64) + x)] - other.Floats()[3 * ((y * 64) + x)]); }
        }
        return sum / ((to - from) * (to - from));
    }

    [Fact]
    public void At_a_cut_one_neighbour_shows_another_scene()
    {
        TrainingOptions options = TrainingOptions.SmokePreset with
        {
            Lean = TrainingOptions.SmokePreset.Lean with { Frames = 3 },
            Rain = RainOptions.Mixed with { NoRain = 1, Scene = null },
            Motion = new SceneMotionOptions { Frozen = 0, Fixed = 1, Thing = 0, Cut = 1 },
        };
        TrainingBatch batch = Batch(options, 3, 0);
        int frame = 3 * 64 * 64;
        for (int index = 0; index < 2; index++)
        {
            ReadOnlySpan<float> window = batch.SyntheticRainy.AsSpan(index * 3 * frame, 3 * frame), now = window.Slice(frame, frame);
            Assert.Equal(batch.SyntheticClean.AsSpan(index * frame, frame), now);
            Assert.True(window[..frame].SequenceEqual(now) != window[(2 * frame)..].SequenceEqual(now));
        }
    }

    [Fact]
    public void A_thing_crosses_the_scene()
    {
        using Mat black = new(96, 96, MatType.CV_8UC3, Scalar.All(0)), white = new(96, 96, MatType.CV_8UC3, Scalar.All(255));
        SceneMotionOptions motion = new() { Fixed = 1, Thing = 1, Farthest = 12 };
        using MovingScene scene = MovingScene.Draw(black, white, 64, motion, 1, new Random(4));
        double[] covered = new double[3];
        Point2d[] centres = [.. Enumerable.Range(-1, 3).Select(time =>
        {
            using Mat frame = scene.Frame(time);
            (double x, double y) = (0, 0);
            for (int at = 0; at < 64 * 64; at++)
            {
                float value = frame.Floats()[3 * at];
                (covered[time + 1], x, y) = (covered[time + 1] + value, x + (value * (at % 64)), y + (value * (at / 64)));
            }
            return new Point2d(x / covered[time + 1], y / covered[time + 1]);
        })];
        Assert.All(covered, area => Assert.InRange(area, 20, 0.5 * 64 * 64));
        double way = Math.Sqrt(Math.Pow(centres[2].X - centres[0].X, 2) + Math.Pow(centres[2].Y - centres[0].Y, 2));
        Assert.InRange(way, 0.1, 2 * motion.Farthest);
    }

    [Fact]
    public void Nothing_is_made_that_no_loss_asks_for()
    {
        TrainingBatch replay = Batch(TrainingOptions.SmokePreset with { SelfReplayAfter = 100, SelfSimilarityAfter = 100, AdversaryAfter = 100, ContrastAfter = 100 }, 0, 0);
        Assert.Empty(replay.Rainy);
        TrainingBatch unpaired = Batch(TrainingOptions.SmokePreset with { Weights = new LossWeights { Replay = 0 } }, 0, 0);
        Assert.Empty(unpaired.SyntheticRainy);
        Assert.Equal(3 * 64 * 64, unpaired.Rainy.Length);
    }

    [Fact]
    public void Batches_of_the_last_part_are_fewer_and_larger_crops()
    {
        TrainingOptions options = TrainingOptions.SmokePreset with { Crop = 32, ReplayBatch = 8, UnpairedBatch = 4, LateAfter = 1, LateCrop = 64, Weights = new() { SelfSimilarity = 0, LayerContrast = 0, LocationContrast = 0 } };
        foreach ((long iteration, int side, int synthetic, int rainy) in new[] { (0L, 32, 8, 4), (1L, 64, 2, 1) })
        {
            TrainingBatch batch = Batch(options, iteration, 0);
            Assert.Equal((side, synthetic * 3 * side * side, rainy * 3 * side * side), (batch.Side, batch.SyntheticClean.Length, batch.Rainy.Length));
            Assert.Equal((batch.SyntheticClean.Length, batch.Rainy.Length), (batch.SyntheticRainy.Length, batch.Clean.Length));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void The_queue_keeps_the_order(int workers)
    {
        using BatchQueue<long> queue = new(
            index =>
            {
                Thread.Sleep((int)(index * 7 % 3));
                return index;
            }, 10, workers, 3);
        for (long expected = 10; expected < 40; expected++) { Assert.Equal(expected, queue.Take(CancellationToken.None)); }
    }

    [Fact]
    public void The_queue_passes_failures_on()
    {
        using BatchQueue<long> queue = new(index => index < 2 ? index : throw new TrainingException("no more"), 0, 2, 4);
        Assert.Equal(0, queue.Take(CancellationToken.None));
        Assert.Equal(1, queue.Take(CancellationToken.None));
        Assert.Throws<TrainingException>(() => queue.Take(CancellationToken.None));
    }

    TrainingBatch Batch(TrainingOptions options, long iteration, long budget)
    {
        TrainingSources sources = TestPictures.Sources(_folder.File($"sources{_batches++}"));
        (IReadOnlyList<TrainingPicture> rainy, IReadOnlyList<TrainingPicture> clean) = PictureRoles.Assign(sources);
        using PicturePool rainyPool = new("rainy", rainy, budget), cleanPool = new("clean", clean, budget);
        using RainSynthesizer synthesizer = new(options.Rain);
        return new BatchSource(options, rainyPool, cleanPool, synthesizer).Create(iteration);
    }

    static PicturePool Pool(string path, long budget)
    {
        PictureFolder folder = PictureFolder.Parse(path);
        return new PicturePool("test", [.. folder.Files().Select(file => new TrainingPicture(folder, file))], budget);
    }

    /// <summary>Looks for the crop at every place of the picture and of its mirror image.</summary>
    static bool Occurs(Mat crop, Mat picture)
    {
        using Mat wanted = new();
        crop.ConvertTo(wanted, MatType.CV_8UC3, 255);
        using Mat mirrored = new();
        Cv2.Flip(wanted, mirrored, FlipMode.Y);
        foreach (Mat candidate in new[] { wanted, mirrored })
        {
            for (int y = 0; y <= picture.Height - crop.Height; y++)
            {
                for (int x = 0; x <= picture.Width - crop.Width; x++)
                {
                    using Mat part = new(picture, new Rect(x, y, crop.Width, crop.Height));
                    if (Cv2.Norm(part, candidate, NormTypes.INF) == 0) { return true; }
                }
            }
        }
        return false;
    }
}
