using Coos.Server.Data;
using Coos.Server.Problems;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>Creates, lists and revokes a viewer's API tokens.</summary>
internal sealed class TokenService(IDbContextFactory<CoosDbContext> databases, TimeProvider clock)
{
    /// <summary>The lifetimes that a token can have, in days.</summary>
    public static readonly IReadOnlyList<int> Lifetimes = [7, 30, 90, 365];

    private const int MaxTokens = 50;

    /// <summary>Lists the tokens that were not revoked, newest first.</summary>
    public async Task<List<ApiToken>> ListAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database
            .ApiTokens.Where(t => t.AccountId == viewer.AccountId && t.RevokedAt == null)
            .OrderByDescending(t => t.CreatedAt)
            .ToListAsync(cancellation);
    }

    /// <summary>Creates a token.</summary>
    /// <returns>The token, which cannot be shown again later, or the refusal.</returns>
    public async Task<Result<string>> CreateAsync(Viewer viewer, string name, TokenScopes scopes, int days, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var problem = (name, scopes) switch
        {
            { name.Length: 0 or > ApiToken.NameLength } => new FieldProblem(
                "tokenName",
                "required",
                $"name has {name.Length} characters; allowed: 1 to {ApiToken.NameLength}, for example the machine that uses the token"
            ),
            { scopes: TokenScopes.None } => new FieldProblem("scopes", "required", "scopes is empty; choose at least one permission"),
            _ when scopes.HasFlag(TokenScopes.Organise) && !viewer.HasOrganiserAccount => new FieldProblem(
                "scopes",
                "bad-value",
                "only organisers can create tokens with the scope organise"
            ),
            _ when !Lifetimes.Contains(days) => new FieldProblem(
                "days",
                "bad-value",
                $"days is not valid; allowed: {string.Join(", ", Lifetimes)}"
            ),
            _ when await database.ApiTokens.CountAsync(t => t.AccountId == viewer.AccountId && t.RevokedAt == null, cancellation)
                    >= MaxTokens => new FieldProblem(
                "tokenName",
                "too-many",
                $"you have {MaxTokens} tokens, which is the maximum; revoke some first"
            ),
            _ => null,
        };
        if (problem is not null)
        {
            return Refusal.BadFields(problem);
        }

        var now = clock.GetUtcNow();
        var token = TokenSecret.Create();
        database.Add(
            new ApiToken
            {
                Id = Guid.CreateVersion7(now),
                AccountId = viewer.AccountId!.Value,
                Name = name,
                Hash = TokenSecret.Hash(token),
                Scopes = scopes,
                CreatedAt = now.UtcDateTime,
                ExpiresAt = now.UtcDateTime.AddDays(days),
            }
        );
        await database.SaveChangesAsync(cancellation);
        return token;
    }

    /// <summary>Revokes one of the viewer's own tokens.</summary>
    public async Task RevokeAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await database
            .ApiTokens.Where(t => t.Id == id && t.AccountId == viewer.AccountId && t.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.RevokedAt, clock.GetUtcNow().UtcDateTime), cancellation);
    }
}
