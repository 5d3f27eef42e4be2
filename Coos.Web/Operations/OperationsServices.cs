using Coos.Server.Data;
using Coos.Web.Operations.OpenApi;
using Coos.Web.Operations.Security;
using Hangfire;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.OpenApi;

namespace Coos.Web.Operations;

/// <summary>Registers and maps what an operator and a programmer need: errors, health, the description of the API.</summary>
internal static class OperationsServices
{
    private const string ApiPath = "/api";

    /// <summary>Adds problem details and the description of the API.</summary>
    public static IServiceCollection AddCoosOperations(this IServiceCollection services)
    {
        services.AddProblemDetails(options =>
            options.CustomizeProblemDetails = context => ProblemAnswers.AddAdvice(context.ProblemDetails)
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
    /// Answers HEAD as GET without the body, which Kestrel leaves out by itself: pages map GET and POST only, and link
    /// checkers would find them missing.
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

    /// <summary>Turns every failure into a problem document under /api and into a page elsewhere; never a stack trace.</summary>
    public static void UseCoosErrors(this WebApplication app)
    {
        app.UseWhen(
            IsApi,
            api =>
            {
                api.UseExceptionHandler(
                    new ExceptionHandlerOptions { StatusCodeSelector = StatusOf, SuppressDiagnosticsCallback = IsOfTheClient }
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
                        SuppressDiagnosticsCallback = IsOfTheClient,
                        CreateScopeForErrors = true,
                    }
                );
                pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
            }
        );
    }

    /// <summary>
    /// Refuses forms that antiforgery could not read or does not know as ours by the error page; the page itself would
    /// answer with nothing at all.
    /// </summary>
    public static void UseCoosFormErrors(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false, Error: var error })
                {
                    // The error page is read, and has no use for the form.
                    context.Features.Set<IAntiforgeryValidationFeature>(null);
                    context.Request.Method = HttpMethods.Get;
                    throw error?.InnerException as BadHttpRequestException
                        ?? new BadHttpRequestException("The form is not one of this server's pages.", error!);
                }

                await next(context);
            }
        );

    /// <summary>Maps liveness (the process answers) and readiness (its database does too).</summary>
    public static void MapCoosHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
    }

    /// <summary>Maps Hangfire's pages for organisers.</summary>
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

                    // The rows are the truth and the queue follows them: what an organiser does is done on /organise, with an
                    // entry in the audit log.
                    IsReadOnlyFunc = _ => true,
                },
                app.Services.GetRequiredService<JobStorage>()
            )
            .WithSecurityHeadersPolicy(SecurityHeaders.JobsPolicy);

    /// <summary>Maps the description of the API.</summary>
    public static void MapCoosOperations(this WebApplication app)
    {
        app.UseSwagger(options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        app.UseSwaggerUI(options =>
        {
            options.DocumentTitle = "COOS API";
            options.SwaggerEndpoint("v1/swagger.json", "COOS API v1");
        });
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments(ApiPath, StringComparison.Ordinal);

    private static bool IsOfTheClient(ExceptionHandlerSuppressDiagnosticsContext context) =>
        StatusOf(context.Exception) < StatusCodes.Status500InternalServerError;

    /// <summary>A request that breaks off or is malformed is the client's error; that there is no room to store anything is none of the code's.</summary>
    private static int StatusOf(Exception exception) =>
        exception switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            InvalidDataException => StatusCodes.Status400BadRequest,
            _ when DatabaseErrors.IsDiskFull(exception) => StatusCodes.Status507InsufficientStorage,
            _ => StatusCodes.Status500InternalServerError,
        };
}
