using Coos.Shared.Submissions;
using Coos.Web.Submissions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Coos.Web.Tests.Units;

public sealed class BudgetSentenceTests
{
    private const string Limit = "At 1 point, further scores are withheld until the benchmark is closed.";

    [Theory]
    [InlineData(0.0034001, 0.01, "What you were told can lower a 10% error by at most <b>0.35 points</b>. " + Limit)]
    [InlineData(0.0, 0.01, "What you were told can lower a 10% error by at most <b>0 points</b>. " + Limit)]
    [InlineData(0.01, 0.1, "What you were told can lower a 10% error by at most <b>1 point</b>.")]
    [InlineData(null, 0.01, Limit)]
    [InlineData(null, 1.0, "")]
    public async Task The_sentence_states_the_gain_if_it_is_known_and_the_limit_if_there_is_one(double? gain, double limit, string text)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = new Dictionary<string, object?> { [nameof(BudgetSentence.Budget)] = new DisclosureBudget(40, gain, limit) };

        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<BudgetSentence>(ParameterView.FromDictionary(parameters))).ToHtmlString()
        );

        Assert.Equal(text, string.Join(' ', html.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }
}
