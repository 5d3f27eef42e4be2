using Coos.Server.Leaderboards;
using Coos.Shared.Submissions;

namespace Coos.Server.Tests.Leaderboards;

/// <summary>What is not stated matches no filter.</summary>
public sealed class ProtocolFilterTests
{
    private static readonly Protocol Stated = new()
    {
        Pretraining = "ImageNet-1k",
        TrainingImages = 4146,
        Ensemble = false,
        TestTimeAdaptation = true,
        TunedOn = TunedOn.Reference,
        Parameters = 11_000_000,
    };

    public static TheoryData<ProtocolFilter, bool> Cases =>
        new()
        {
            {
                new ProtocolFilter { Pretraining = "imagenet" },
                true
            },
            {
                new ProtocolFilter { Pretraining = "JFT" },
                false
            },
            {
                new ProtocolFilter { Ensemble = false },
                true
            },
            {
                new ProtocolFilter { Ensemble = true },
                false
            },
            {
                new ProtocolFilter { TestTimeAdaptation = true },
                true
            },
            {
                new ProtocolFilter { TestTimeAdaptation = false },
                false
            },
            {
                new ProtocolFilter { TunedOn = TunedOn.Reference },
                true
            },
            {
                new ProtocolFilter { TunedOn = TunedOn.Training },
                false
            },
            {
                new ProtocolFilter { MaxTrainingImages = 4146 },
                true
            },
            {
                new ProtocolFilter { MaxTrainingImages = 4145 },
                false
            },
            {
                new ProtocolFilter { MaxParameters = 11_000_000 },
                true
            },
            {
                new ProtocolFilter { MaxParameters = 1 },
                false
            },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_filter_shows_only_entries_that_state_a_match(ProtocolFilter filter, bool isShown)
    {
        Assert.Equal(isShown, filter.Matches(Stated));
        Assert.False(filter.Matches(Protocol.None));
    }

    [Fact]
    public void Every_entry_matches_no_filter() => Assert.True(ProtocolFilter.None.Matches(Protocol.None));

    [Fact]
    public void Every_parameter_has_a_name() =>
        Assert.Equal(ProtocolFilter.ParameterNames, ProtocolFilter.None.Parameters().Select(p => p.Name));
}
