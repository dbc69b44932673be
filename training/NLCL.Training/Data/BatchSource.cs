using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// Makes the batch of any iteration. A batch depends on the seed, the pictures and the iteration's index only, so it does not
/// matter which thread makes it, or whether the training was interrupted before. Safe to use from several threads.
/// </summary>
sealed class BatchSource(TrainingOptions options, PicturePool? rainy, PicturePool? clean, RainSynthesizer? synthesizer)
{
    /// <summary>Makes one batch.</summary>
    /// <param name="iteration">0-based index.</param>
    public TrainingBatch Create(long iteration)
    {
        Random random = StableHash.Random(options.Seed, RandomStream.Crops, iteration);
        int side = TrainingSchedule.Crop(options, iteration), pixels = 3 * side * side;
        int unpaired = TrainingSchedule.UnpairedActs(options, iteration) ? TrainingSchedule.Batch(options, options.UnpairedBatch, iteration) : 0;
        int replayed = options.Weights.Replay > 0 ? TrainingSchedule.Batch(options, options.ReplayBatch, iteration) : 0;
        float[] rainyCrops = new float[unpaired * pixels], cleanCrops = new float[unpaired * pixels];
        for (int start = 0; start < rainyCrops.Length; start += pixels)
        {
            Fill(rainy!, rainyCrops.AsSpan(start, pixels), side, random);
            Fill(clean!, cleanCrops.AsSpan(start, pixels), side, random);
        }
        (float[] syntheticRainy, float[] syntheticClean) = CreateSynthetic(replayed, side, random);
        return new TrainingBatch(side, rainyCrops, cleanCrops, syntheticRainy, syntheticClean);
    }

    /// <summary>Square crops with synthetic rain, as many frames of each as the network sees, and the clean ones.</summary>
    public (float[] Rainy, float[] Clean) CreateSynthetic(int count, int side, Random random)
    {
        int pixels = 3 * side * side, seen = options.Frames * pixels;
        float[] rainyCrops = new float[count * seen], cleanCrops = new float[count * pixels];
        for (int index = 0; index < count; index++)
        {
            Span<float> rainyPlanes = rainyCrops.AsSpan(index * seen, seen), cleanPlanes = cleanCrops.AsSpan(index * pixels, pixels);
            if (Enlargement.Draw(options.Enlargement, side, random) is { } enlargement)
            {
                int small = 3 * enlargement.From * enlargement.From;
                float[] smallRainy = new float[options.Frames * small], smallClean = new float[small];
                FillSynthetic(smallRainy, smallClean, enlargement.From, random);
                enlargement.Apply(smallRainy, rainyPlanes);
                enlargement.Apply(smallClean, cleanPlanes);
            }
            else
            {
                FillSynthetic(rainyPlanes, cleanPlanes, side, random);
            }
        }
        return (rainyCrops, cleanCrops);
    }

    /// <summary>A still or a clip.</summary>
    void FillSynthetic(Span<float> rainyPlanes, Span<float> cleanPlanes, int side, Random random)
    {
        if (options.Frames == 1 || random.NextDouble() < options.Motion.Frozen)
        {
            FillStill(rainyPlanes, cleanPlanes, side, random);
        }
        else
        {
            FillClip(rainyPlanes, cleanPlanes, side, random);
        }
    }

    /// <summary>One rainy picture, as often as the network sees frames, and its clean one.</summary>
    void FillStill(Span<float> rainyPlanes, Span<float> cleanPlanes, int side, Random random)
    {
        using Mat picture = clean!.LoadRandom(random);
        using Mat crop = CropSampler.Cut(picture, side, random, options.SmallestScale, turn: true);
        using RainSample sample = synthesizer!.Synthesize(crop, random);
        for (int start = 0; start < rainyPlanes.Length; start += cleanPlanes.Length)
        {
            PlanarPicture.Copy(sample.Rainy, rainyPlanes.Slice(start, cleanPlanes.Length));
        }
        PlanarPicture.Copy(sample.Clean, cleanPlanes);
    }

    /// <summary>Rainy frames in order, and the middle one's clean frame.</summary>
    void FillClip(Span<float> rainyPlanes, Span<float> cleanPlanes, int side, Random random)
    {
        using Mat picture = clean!.LoadRandom(random), other = clean.LoadRandom(random);
        using MovingScene scene = MovingScene.Draw(picture, other, side, options.Motion, options.SmallestScale, random);
        int? cut = random.NextDouble() < options.Motion.Cut ? 2 * random.Next(2) : null;
        using MovingScene? behindCut = cut is null ? null : MovingScene.Draw(other, picture, side, options.Motion, options.SmallestScale, random);
        CodecParameters? codec = CodecParameters.Draw(options.Rain.Camera, random);
        RainParameters rain = synthesizer!.Draw(side, random);
        RainClip clip = new(synthesizer, codec is null ? rain : rain with { JpegQuality = 0 }, scene.Pan.X, scene.Pan.Y);
        List<RainSample> samples = [];
        try
        {
            // What the codec predicts the first frame from was predicted itself: one frame more, that the network does not see.
            for (int frame = codec is null ? 0 : -1; frame < options.Frames; frame++)
            {
                using Mat still = (Math.Max(frame, 0) == cut ? behindCut! : scene).Frame(frame - (options.Frames / 2));
                samples.Add(clip.Next(still));
            }
            LightChange.Draw(options.Motion, random)?.Apply([.. samples.TakeLast(options.Frames).Select(sample => sample.Rainy)]);
            if (codec is { } drawn) { drawn.Apply([.. samples.Select(sample => sample.Rainy)]); }
            RainSample middle = samples[^(1 + (options.Frames / 2))];
            // A clip without rain stays as it is, as coded as it is.
            PlanarPicture.Copy(rain.Kind == RainParameters.NoRain ? middle.Rainy : middle.Clean, cleanPlanes);
            for (int frame = 0; frame < options.Frames; frame++)
            {
                PlanarPicture.Copy(samples[frame - options.Frames + samples.Count].Rainy, rainyPlanes.Slice(frame * cleanPlanes.Length, cleanPlanes.Length));
            }
        }
        finally
        {
            samples.ForEach(sample => sample.Dispose());
        }
    }

    /// <summary>Both domains are cut in the same way, so that nothing but the rain tells them apart.</summary>
    void Fill(PicturePool pool, Span<float> planes, int side, Random random)
    {
        using Mat picture = pool.LoadRandom(random);
        using Mat crop = CropSampler.Cut(picture, side, random, options.SmallestScale);
        PlanarPicture.Copy(crop, planes);
    }
}
