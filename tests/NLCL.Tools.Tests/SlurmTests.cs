namespace NLCL.Tools.Tests;

public sealed class SlurmTests
{
    [Fact]
    public void An_array_job_with_a_killed_and_requeued_task_gives_the_frames_of_one_run()
    {
        Assert.SkipUnless(
            File.Exists("/usr/sbin/slurmctld") && File.Exists("/usr/sbin/munged") && Environment.UserName == "root",
            "needs root and Slurm: apt-get install -y --no-install-recommends munge slurm-wlm, then run tools/deploy/slurm/test");
        Assert.Contains("all as in one run", Nlcl.Run(Repository.PathOf("tools", "deploy", "slurm", "test")).Expect(0).Output);
    }
}
