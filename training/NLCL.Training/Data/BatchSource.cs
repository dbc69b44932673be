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
        int pixels = 3 * options.Crop * options.Crop;
        bool unpaired = TrainingSchedule.UnpairedActs(options, iteration);
        float[] rainyCrops = unpaired ? new float[options.UnpairedBatch * pixels] : [];
        float[] cleanCrops = unpaired ? new float[options.UnpairedBatch * pixels] : [];
        for (int start = 0; start < rainyCrops.Length; start += pixels)
        {
            Fill(rainy!, rainyCrops.AsSpan(start, pixels), random);
            Fill(clean!, cleanCrops.AsSpan(start, pixels), random);
        }
        int replayed = options.Weights.Replay > 0 ? options.ReplayBatch * pixels : 0;
        float[] syntheticRainy = new float[replayed];
        float[] syntheticClean = new float[replayed];
        for (int start = 0; start < replayed; start += pixels)
        {
            using Mat picture = clean!.LoadRandom(random);
            using Mat crop = CropSampler.Cut(picture, options.Crop, random, options.SmallestScale, turn: true);
            using RainSample sample = synthesizer!.Synthesize(crop, random);
            PlanarPicture.Copy(sample.Rainy, syntheticRainy.AsSpan(start, pixels));
            PlanarPicture.Copy(sample.Clean, syntheticClean.AsSpan(start, pixels));
        }
        return new TrainingBatch(options.Crop, rainyCrops, cleanCrops, syntheticRainy, syntheticClean);
    }

    /// <summary>Both domains are cut in the same way, so that nothing but the rain tells them apart.</summary>
    void Fill(PicturePool pool, Span<float> planes, Random random)
    {
        using Mat picture = pool.LoadRandom(random);
        using Mat crop = CropSampler.Cut(picture, options.Crop, random, options.SmallestScale);
        PlanarPicture.Copy(crop, planes);
    }
}
