namespace Coos.Server.Problems;

/// <summary>A problem with one field of a form.</summary>
/// <param name="Field">The field's name in the API.</param>
/// <param name="Code">
/// The kind of problem: <c>required</c>, <c>too-long</c>, <c>bad-text</c>, <c>bad-url</c>, <c>bad-value</c>,
/// <c>unknown-split</c>, <c>unknown-field</c>, <c>no-file</c>, <c>taken</c>.
/// </param>
/// <param name="Message">What was found and what is allowed.</param>
public sealed record FieldProblem(string Field, string Code, string Message);
