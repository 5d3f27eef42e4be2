using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Sends forms that must be rejected.</summary>
internal static class RejectionAssertions
{
    /// <summary>Asserts that submitting and validating a form both give a problem document and store nothing.</summary>
    public static async Task AssertRejectedAsync(this CoosFixture server, Func<UploadForm> form, ExpectedProblem expected)
    {
        var before = await StoredRows.CountAsync(server.Services);

        using var submitted = await server.Client.SubmitAsync(form());
        using var validated = await server.Client.ValidateAsync(form());

        await expected.AssertAsync(submitted);
        await expected.AssertAsync(validated);
        Assert.Equal(before, await StoredRows.CountAsync(server.Services));
    }
}
