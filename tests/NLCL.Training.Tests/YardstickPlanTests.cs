using NLCL.Runtime;
using NLCL.Tests;

namespace NLCL.Training.Tests;

public sealed class YardstickPlanTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    PictureFolder Folder(string name, int files, PictureHalf half = PictureHalf.Whole)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(path);
        for (int index = 0; index < files; index++) { File.WriteAllBytes(Path.Combine(path, $"{index}.jpg"), []); }
        return new PictureFolder { Path = path, Half = half };
    }

    [Fact]
    public void Only_pictures_that_no_training_sees_are_taken()
    {
        PictureFolder whole = Folder("whole", 200), pairs = Folder("pairs", 200, PictureHalf.Left);
        TrainingSources sources = new() { Rainy = [pairs with { Half = PictureHalf.Right }], Clean = [whole, pairs] };
        (IReadOnlyList<TrainingPicture> rainy, IReadOnlyList<TrainingPicture> clean) = PictureRoles.Assign(sources);
        HashSet<string> seen =
        [
            .. rainy.Select(picture => picture.File),
            .. clean.Where(picture => !HeldBack.Is(picture.File, HeldBack.DefaultEvery)).Select(picture => picture.File),
        ];

        IReadOnlyList<(PictureFolder Folder, string File)> taken = YardstickPlan.Clean(sources.Clean, seed: 1);

        Assert.DoesNotContain(taken, picture => seen.Contains(picture.File));
        Assert.Contains(taken, picture => picture.Folder == whole);
        Assert.Contains(taken, picture => picture.Folder == pairs);
    }

    [Fact]
    public void Pictures_are_taken_about_equally_often_and_each_still_has_its_own_rain()
    {
        IReadOnlyList<(PictureFolder Folder, string File)> clean = YardstickPlan.Clean([Folder("clean", 200)], seed: 1);
        YardstickStill[] stills = [.. YardstickPlan.Stills(clean, 5, seed: 1)];

        Assert.Equal(5 * YardstickPlan.Kinds.Count, stills.Length);
        Assert.All(stills.GroupBy(still => still.Kind), kind => Assert.Equal(5, kind.Select(still => still.Name).Distinct().Count()));
        int[] uses = [.. stills.GroupBy(still => still.File).Select(file => file.Count())];
        Assert.InRange(uses.Max() - uses.Min(), 0, 1);
        Assert.Equal(stills.Length, stills.Select(still => still.Seed).Distinct().Count());
        Assert.NotEqual(stills[0].Seed, YardstickPlan.Stills(clean, 5, seed: 2).First().Seed);
    }

    [Fact]
    public void Each_still_has_a_short_clip_of_its_scene_and_cameras_take_turns()
    {
        IReadOnlyList<(PictureFolder Folder, string File)> clean = YardstickPlan.Clean([Folder("clean", 200)], seed: 1);
        YardstickStill[] stills = [.. YardstickPlan.Stills(clean, 6, seed: 1)];
        IReadOnlyList<YardstickClip> clips = YardstickPlan.ShortClips(stills, 5, seed: 1);

        Assert.Equal(stills.Select(still => ($"short/{still.Kind}/{still.Name}", still.Kind, still.File)), clips.Select(clip => (clip.Path, clip.Kind, clip.Scene.File)));
        Assert.Equal(clips.Count, clips.Select(clip => clip.Seed).Distinct().Count());
        Assert.All(clips, clip => Assert.NotEqual(clip.Scene.File, clip.Near.File));
        foreach (IGrouping<string, YardstickClip> kind in clips.GroupBy(clip => clip.Kind))
        {
            Assert.All(kind.GroupBy(clip => clip.Camera), camera => Assert.Equal(2, camera.Count()));
        }
    }

    [Fact]
    public void A_folder_without_held_back_pictures_is_refused()
    {
        PictureFolder few = Folder("few", 3); // of 0, 1, 2 none is: HeldBackTests pins the rule
        Assert.Contains("held back", Assert.Throws<TrainingException>(() => YardstickPlan.Clean([few], seed: 1)).Message, StringComparison.Ordinal);
    }
}
