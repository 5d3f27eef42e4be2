using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Sends what must be refused.</summary>
internal static class Refusals
{
    /// <summary>Asserts that a form is refused with a problem document, by submitting and by validating, and that nothing is stored.</summary>
    public static async Task AssertRefusedAsync(this CoosFixture server, Func<UploadForm> form, ExpectedProblem expected)
    {
        var before = await StoredRows.CountAsync(server.Services);

        using var submitted = await server.Client.SubmitAsync(form());
        using var validated = await server.Client.ValidateAsync(form());

        await expected.AssertAsync(submitted);
        await expected.AssertAsync(validated);
        Assert.Equal(before, await StoredRows.CountAsync(server.Services));
    }
}
