using System.Globalization;
using Coos.Baselines.Deep.Training;
using Spectre.Console;

namespace Coos.Cli.Baseline.Deep;

/// <summary>
/// Shows a training run's loss, error on held-out images and remaining time: as a bar in a terminal, otherwise one line per checkpoint.
/// </summary>
internal static class TrainingDisplay
{
    /// <summary>Trains and shows the progress.</summary>
    /// <param name="name">The network's name.</param>
    /// <param name="error">Standard error, for the lines when it is not a terminal.</param>
    /// <param name="train">The training; it reports every step.</param>
    public static T Show<T>(string name, TextWriter error, Func<IProgress<TrainingProgress>, T> train)
    {
        if (Console.IsErrorRedirected)
        {
            return train(
                new ProgressCallback(step =>
                {
                    if (step.IsCheckpoint)
                    {
                        error.WriteLine(
                            string.Create(CultureInfo.InvariantCulture, $"{name}: step {step.Step} of {step.Steps}, {Describe(step)}")
                        );
                    }
                })
            );
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console
            .Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var bar = context.AddTask(Markup.Escape(name));
                return train(
                    new ProgressCallback(step =>
                    {
                        bar.MaxValue = step.Steps;
                        bar.Value = step.Step;
                        bar.Description = Markup.Escape($"{name} {Describe(step)}");
                    })
                );
            });
    }

    private static string Describe(TrainingProgress step)
    {
        var best = step.BestError is { } error
            ? string.Create(CultureInfo.InvariantCulture, $", best held-out error {100 * error:0.0}%")
            : "";
        var left = step.Remaining is { } remaining ? $", {Duration(remaining)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"loss {step.Loss:0.0000}{best}{left}");
    }

    private static string Duration(TimeSpan time) =>
        time.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min")
        : time.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Seconds} s");

    /// <summary>Unlike <see cref="Progress{T}"/>, reports on the caller's thread, so that no report comes after the end.</summary>
    private sealed class ProgressCallback(Action<TrainingProgress> callback) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => callback(value);
    }
}
