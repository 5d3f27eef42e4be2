using Coos.Server.Data;
using Coos.Web.Operations.OpenApi;
using Coos.Web.Operations.Security;
using Hangfire;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.OpenApi;

namespace Coos.Web.Operations;

/// <summary>Registers and maps error handling, health checks, the job dashboard and the OpenAPI description.</summary>
internal static class OperationsServices
{
    private const string ApiPath = "/api";

    /// <summary>Adds problem details and the OpenAPI description.</summary>
    public static IServiceCollection AddCoosOperations(this IServiceCollection services)
    {
        services.AddProblemDetails(options =>
            options.CustomizeProblemDetails = context => ProblemResponses.AddAdvice(context.ProblemDetails, context.Exception)
        );
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", ApiDescription.Info);
            options.SupportNonNullableReferenceTypes();
            options.IncludeXmlComments(typeof(CoosServer).Assembly);
            options.IncludeXmlComments(typeof(DatabaseErrors).Assembly);
            options.IncludeXmlComments(typeof(Shared.CoosJson).Assembly);
            options.AddSecurityDefinition(ApiDescription.TokenName, ApiDescription.Token);
            options.AddSecurityRequirement(_ => []);
            options.AddSecurityRequirement(document => new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(ApiDescription.TokenName, document)] = [],
            });
            options.OperationFilter<ParametersFilter>();
            options.OperationFilter<SubmissionFormFilter>();
            options.OperationFilter<ExamplesFilter>();
        });
        return services;
    }

    /// <summary>
    /// Handles HEAD requests as GET; Kestrel omits the body itself. Pages map only GET and POST, so link checkers would
    /// otherwise report them as missing.
    /// </summary>
    public static void UseHeadAsGet(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                if (HttpMethods.IsHead(context.Request.Method))
                {
                    context.Request.Method = HttpMethods.Get;
                }

                return next(context);
            }
        );

    /// <summary>Turns errors into problem documents under /api and into error pages elsewhere, without stack traces.</summary>
    public static void UseCoosErrors(this WebApplication app)
    {
        app.UseWhen(
            IsApi,
            api =>
            {
                api.UseExceptionHandler(
                    new ExceptionHandlerOptions { StatusCodeSelector = StatusOf, SuppressDiagnosticsCallback = IsRefused }
                );
                api.UseStatusCodePages();
            }
        );
        app.UseWhen(
            context => !IsApi(context),
            pages =>
            {
                pages.UseExceptionHandler(
                    new ExceptionHandlerOptions
                    {
                        ExceptionHandlingPath = "/error",
                        StatusCodeSelector = StatusOf,
                        SuppressDiagnosticsCallback = IsRefused,
                        CreateScopeForErrors = true,
                    }
                );
                pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
            }
        );
    }

    /// <summary>
    /// Shows the error page for forms that are malformed or have an invalid antiforgery token. Without this middleware, the
    /// response would be empty.
    /// </summary>
    public static void UseCoosFormErrors(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false, Error: var error })
                {
                    // The error page is rendered as a GET and does not read the form.
                    context.Features.Set<IAntiforgeryValidationFeature>(null);
                    context.Request.Method = HttpMethods.Get;
                    throw error?.InnerException as BadHttpRequestException
                        ?? new BadHttpRequestException("The antiforgery token of the form is missing or not valid.", error!);
                }

                await next(context);
            }
        );

    /// <summary>Maps the health checks: liveness (the process responds) and readiness (its database responds too).</summary>
    public static void MapCoosHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks(
            "/health/ready",
            new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready"), ResponseWriter = BenchmarkHealth.WriteAsync }
        );
    }

    /// <summary>Maps the Hangfire dashboard, for organisers.</summary>
    public static void MapCoosJobs(this WebApplication app) =>
        app.MapHangfireDashboard(
                "/organise/jobs",
                new DashboardOptions
                {
                    DashboardTitle = "COOS jobs",
                    AppPath = "/organise",
                    Authorization = [],
                    AsyncAuthorization = [new OrganiserAccess.DashboardFilter()],
                    DisplayStorageConnectionString = false,

                    // Read-only, because the database rows are authoritative and the queue follows them. Organisers act on
                    // /organise, where each action is written to the audit log.
                    IsReadOnlyFunc = _ => true,
                },
                app.Services.GetRequiredService<JobStorage>()
            )
            .WithSecurityHeadersPolicy(SecurityHeaders.JobsPolicy);

    /// <summary>Maps the OpenAPI description and Swagger UI.</summary>
    public static void MapCoosOperations(this WebApplication app)
    {
        app.UseSwagger(options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        app.UseSwaggerUI(options =>
        {
            options.DocumentTitle = "COOS API";
            options.SwaggerEndpoint("v1/swagger.json", "COOS API v1");
        });
    }

    /// <summary>Whether an error is shown as a problem document. Paths that do not exist have no endpoint that could say so.</summary>
    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments(ApiPath, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the server refused the request, which is not an error of the server and not written to its log.</summary>
    private static bool IsRefused(ExceptionHandlerSuppressDiagnosticsContext context) =>
        context.Exception is BadHttpRequestException || StatusOf(context.Exception) < StatusCodes.Status500InternalServerError;

    /// <summary>The status of an exception: 4xx for malformed or aborted requests, 507 if the database's disk is full, else 500.</summary>
    private static int StatusOf(Exception exception) =>
        exception switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            InvalidDataException => StatusCodes.Status400BadRequest,
            _ when DatabaseErrors.IsDiskFull(exception) => StatusCodes.Status507InsufficientStorage,
            _ => StatusCodes.Status500InternalServerError,
        };
}
