namespace NLCL.Runtime.Tests;

public sealed class PqCurveTests
{
    // Light in cd/m2, its PQ code (SMPTE ST 2084) and HLG's of the same light, paper white at 0.75 (BT.2408's 58 % and 75 %).
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(203, 0.5807, 0.75)]
    [InlineData(100, 0.5081, 0.6043)]
    [InlineData(1000, 0.7518, 1.0488)]
    public void Known_lights_are_where_the_standards_have_them(double light, double pq, double hlg)
    {
        Assert.Equal(hlg, PqCurve.Seen(pq), 0.001);
        Assert.Equal(light, 10_000 * Math.Pow(Math.Max(Math.Pow(pq, 1 / 78.84375) - 0.8359375, 0) / (18.8515625 - (18.6875 * Math.Pow(pq, 1 / 78.84375))), 1 / 0.1593017578125), 0.001 * Math.Max(1, light));
    }

    [Fact]
    public void Tables_follow_the_formulas_and_lead_back()
    {
        float[] codes = [.. Enumerable.Range(0, 1024).Select(code => code / 1023f)];
        var seen = (float[])codes.Clone();
        PqCurve.ToSeen(seen);
        var back = new float[codes.Length];
        PqCurve.FromSeen(seen, back);
        for (var code = 0; code < codes.Length; code++)
        {
            Assert.Equal(PqCurve.Seen(codes[code]), seen[code], 5e-5);
            Assert.True(code == 0 || seen[code] > seen[code - 1]);
            // A tenth of a 10-bit code, but in what is darker than a screen shows (below 0.005 cd/m2).
            Assert.Equal(codes[code], back[code], code < 30 ? 0.003 : 1e-4);
            Assert.Equal(codes[code], PqCurve.Pq(PqCurve.Seen(codes[code])), 1e-6);
        }
    }

    [Fact]
    public void Beyond_its_ends_it_stays_there_and_no_number_stays_none()
    {
        float[] values = [-0.3f, 1.2f, float.NaN];
        PqCurve.FromSeen([-0.3f, 7, float.NaN], values);
        Assert.Equal(0, values[0], 1e-6); // PQ's formula gives 7e-7
        Assert.Equal([1, float.NaN], values[1..]);
        float[] seen = [-0.3f, 1.2f];
        PqCurve.ToSeen(seen);
        Assert.Equal(0, seen[0]);
        Assert.Equal(PqCurve.Seen(1), seen[1], 1e-6);
    }
}
