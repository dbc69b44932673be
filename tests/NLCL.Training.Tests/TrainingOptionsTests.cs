using NLCL.Training;

namespace NLCL.Tests;

public sealed class TrainingOptionsTests
{
    public static TheoryData<string> PresetNames => [.. TrainingOptions.Presets.Keys];

    [Theory]
    [MemberData(nameof(PresetNames))]
    public void Presets_are_valid_and_come_back_from_json(string name)
    {
        TrainingOptions preset = TrainingOptions.Presets[name];

        preset.Validate();
        TrainingOptions back = TrainingOptions.FromJson(preset.ToJson(), "test");

        Assert.Equal(name, preset.Preset);
        Assert.Equal(preset.ToJson(), back.ToJson());
        back.Validate();
    }

    [Fact]
    public void Replay_leads_the_lean_preset_and_its_last_part_looks_farther()
    {
        Assert.Equal((128, 9, 10.0), (TrainingOptions.LeanPreset.Crop, TrainingOptions.LeanPreset.ReplayBatch, TrainingOptions.LeanPreset.Weights.Replay));
        Assert.Equal(0, TrainingOptions.PaperPreset.Weights.Replay);
        Assert.True(TrainingOptions.LeanPreset.LateCrop > TrainingOptions.LeanPreset.Crop);
        Assert.InRange(TrainingOptions.LeanPreset.LateAfter, TrainingOptions.LeanPreset.Iterations / 2, TrainingOptions.LeanPreset.Iterations - 1);
    }

    [Fact]
    public void What_options_of_before_do_not_name_is_as_it_was_then()
    {
        // Weights that lie in files were learned without these, and their networks must not change.
        TrainingOptions old = TrainingOptions.FromJson("""{"preset":"lean"}""", "file.json");
        Assert.Equal((1, 0L, 0, 0.0, 0.0), (old.Lean.CoarseDilation, old.LateAfter, old.LateCrop, old.Weights.KeptTone, old.Weights.Tone));
    }

    [Theory]
    [InlineData("""{"crop":32,"no_such":1}""", "no_such")]
    [InlineData("""{"crop":"big"}""", "crop")]
    [InlineData("""{"crop":1,"crop":2}""", "crop")]
    [InlineData("""{"weights":{"hope":1}}""", "hope")]
    [InlineData("nothing", "not a set of training options")]
    [InlineData("null", "'null'")]
    public void Foreign_json_is_refused(string json, string part)
    {
        TrainingException failure = Assert.Throws<TrainingException>(() => TrainingOptions.FromJson(json, "file.json"));
        Assert.StartsWith("file.json", failure.Message, StringComparison.Ordinal);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_are_set_from_text()
    {
        TrainingOptions options = TrainingOptions.LeanPreset
            .With("crop=64").With("weights.adversary=0.5").With("schedule=constantThenLinear").With("learningRate=1e-4").With("preset=mine").With("iterations=1e5");

        Assert.Equal(64, options.Crop);
        Assert.Equal(0.5, options.Weights.Adversary);
        Assert.Equal(LearningRateSchedule.ConstantThenLinear, options.Schedule);
        Assert.Equal(1e-4, options.LearningRate);
        Assert.Equal("mine", options.Preset);
        Assert.Equal(100_000, options.Iterations);
        Assert.Equal("0.5", options.ValueOf("weights.adversary"));
        Assert.Equal(TrainingOptions.LeanPreset.Weights.Replay, options.Weights.Replay);
    }

    [Theory]
    [InlineData("corp=64", "There is no option 'corp'")]
    [InlineData("weights.hope=1", "There is no option 'weights.hope'")]
    [InlineData("crop.x=1", "has no members")]
    [InlineData("weights=1", "is a group")]
    [InlineData("crop=64.5", "does not fit 'crop'")]
    [InlineData("crop=big", "does not fit 'crop'")]
    [InlineData("learningRate=fast", "does not fit 'learningRate'")]
    [InlineData("schedule=7", "does not fit 'schedule'")]
    [InlineData("crop", "is not name=value")]
    public void Wrong_overrides_are_refused(string assignment, string message)
    {
        ArgumentException failure = Assert.Throws<ArgumentException>(() => TrainingOptions.LeanPreset.With(assignment));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crop=90")]
    [InlineData("crop=0")]
    [InlineData("crop=24")]
    [InlineData("iterations=0")]
    [InlineData("replayBatch=0")]
    [InlineData("weights.adversary=-1")]
    [InlineData("smallestScale=1.5")]
    [InlineData("enlargement.probability=2")]
    [InlineData("enlargement.factor.min=0.1")]
    [InlineData("emaDecay=2")]
    [InlineData("locationPatches=100000")]
    [InlineData("contrastEvery=0")]
    [InlineData("decayShare=0")]
    public void Values_out_of_range_are_refused(string assignment) =>
        Assert.ThrowsAny<ArgumentException>(() => TrainingOptions.LeanPreset.With(assignment).Validate());

    [Fact]
    public void A_training_without_losses_is_refused()
    {
        LossWeights none = new() { Replay = 0, SelfReplay = 0, SelfSimilarity = 0, DarkRain = 0, Adversary = 0, LocationContrast = 0, LayerContrast = 0 };
        Assert.Throws<ArgumentException>(() => (TrainingOptions.LeanPreset with { Weights = none }).Validate());
    }

    [Fact]
    public void Rates_rise_over_the_warm_up_and_fall_to_their_end()
    {
        TrainingOptions cosine = TrainingOptions.LeanPreset with { Iterations = 1000, WarmUp = 100 };
        TrainingOptions linear = cosine with { Schedule = LearningRateSchedule.ConstantThenLinear, DecayShare = 0.1, FinalRateShare = 0 };

        Assert.Equal(0.01, TrainingSchedule.RateFactor(cosine, 0), 1e-9);
        Assert.True(TrainingSchedule.RateFactor(cosine, 99) > 0.95);
        Assert.Equal(0.5, TrainingSchedule.RateFactor(cosine, 500), 1e-3);
        Assert.Equal(cosine.FinalRateShare, TrainingSchedule.RateFactor(cosine, 1000), 1e-9);
        Assert.Equal(1, TrainingSchedule.RateFactor(linear, 899), 1e-9);
        Assert.Equal(0.5, TrainingSchedule.RateFactor(linear, 950), 1e-9);
    }

    [Fact]
    public void The_last_part_sees_larger_crops_in_smaller_batches_of_as_many_pixels()
    {
        TrainingOptions options = TrainingOptions.LeanPreset with { Crop = 128, ReplayBatch = 9, UnpairedBatch = 1, LateAfter = 10, LateCrop = 192, Weights = new() { KeptTone = 1 } };
        Assert.Equal([128, 192], new[] { 9L, 10L }.Select(iteration => TrainingSchedule.Crop(options, iteration)));
        Assert.Equal([9, 4], new[] { 9L, 10L }.Select(iteration => TrainingSchedule.Batch(options, options.ReplayBatch, iteration)));
        Assert.Equal(1, TrainingSchedule.Batch(options, options.UnpairedBatch, 10));
        Assert.Equal([false, true], new[] { 9L, 10L }.Select(iteration => TrainingSchedule.KeptToneActs(options, iteration)));
        TrainingOptions even = options with { LateCrop = 0 };
        Assert.Equal((128, 9), (TrainingSchedule.Crop(even, 10), TrainingSchedule.Batch(even, even.ReplayBatch, 10)));
        Assert.Contains("LateCrop", Assert.Throws<ArgumentException>(() => (options with { LateCrop = 90 }).Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Losses_act_when_they_are_due()
    {
        TrainingOptions options = TrainingOptions.LeanPreset with { AdversaryAfter = 10, AdversaryEvery = 4, ContrastAfter = 20, ContrastEvery = 8 };
        Assert.Equal([12, 16, 20, 24], Enumerable.Range(0, 25).Where(i => TrainingSchedule.AdversaryActs(options, i)));
        Assert.Equal([24, 32], Enumerable.Range(0, 33).Where(i => TrainingSchedule.ContrastActs(options, i)));
        Assert.False(TrainingSchedule.UnpairedActs(options, 13));
        Assert.True(TrainingSchedule.UnpairedActs(options with { Weights = options.Weights with { Sparsity = 1 } }, 13));
    }
}
