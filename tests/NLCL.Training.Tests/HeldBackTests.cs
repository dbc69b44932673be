namespace NLCL.Training.Tests;

public sealed class HeldBackTests
{
    static readonly string[] s_names = [.. Enumerable.Range(0, 5000).Select(index => $"{index}.jpg")];

    [Fact]
    public void About_one_in_so_many_is_held_back_whatever_its_role()
    {
        foreach (int every in new[] { 2, 10 })
        {
            Assert.InRange(s_names.Count(name => HeldBack.Is(name, every)), 4200 / every, 5800 / every);
            // The parity that decides a pair's role says nothing of it.
            foreach (bool even in new[] { false, true })
            {
                string[] role = [.. s_names.Where(name => StableHash.Of(name) % 2 == 0 == even)];
                Assert.InRange(role.Count(name => HeldBack.Is(name, every)) / (double)role.Length, 0.8 / every, 1.2 / every);
            }
        }
    }

    [Fact]
    public void The_folder_does_not_matter_and_zero_holds_nothing_back()
    {
        Assert.All(s_names.Take(100), name => Assert.Equal(HeldBack.Is(name, 10), HeldBack.Is("/some/where/" + name, 10)));
        Assert.DoesNotContain(s_names, name => HeldBack.Is(name, 0));
        // Pinned: a yardstick made once must stay unseen.
        Assert.Equal(["3.jpg", "9.jpg", "12.jpg", "15.jpg"], s_names.Take(20).Where(name => HeldBack.Is(name, 10)));
    }
}
