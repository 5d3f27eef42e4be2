using System.Globalization;
using Coos.Baselines.Deep.Training;
using Spectre.Console;

namespace Coos.Cli.Baseline.Deep;

/// <summary>Shows a training: loss, error on held-out images, time left. In a terminal a bar, in a file a line a checkpoint.</summary>
internal static class TrainingDisplay
{
    /// <summary>Trains under the display.</summary>
    /// <param name="name">What is trained.</param>
    /// <param name="error">Standard error, where it is no terminal.</param>
    /// <param name="train">The training; it reports every step.</param>
    public static T Show<T>(string name, TextWriter error, Func<IProgress<TrainingProgress>, T> train)
    {
        if (Console.IsErrorRedirected)
        {
            return train(new Teller(step =>
            {
                if (step.IsCheckpoint)
                {
                    error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: step {step.Step} of {step.Steps}, {Describe(step)}"));
                }
            }));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var bar = context.AddTask(Markup.Escape(name));
                return train(new Teller(step =>
                {
                    bar.MaxValue = step.Steps;
                    bar.Value = step.Step;
                    bar.Description = Markup.Escape($"{name} {Describe(step)}");
                }));
            });
    }

    private static string Describe(TrainingProgress step)
    {
        var best = step.BestError is { } error ? string.Create(CultureInfo.InvariantCulture, $", best held-out error {100 * error:0.0}%") : "";
        var left = step.Remaining is { } remaining ? $", {Duration(remaining)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"loss {step.Loss:0.0000}{best}{left}");
    }

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min")
        : time.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s") : string.Create(CultureInfo.InvariantCulture, $"{time.Seconds} s");

    /// <summary>Unlike <see cref="Progress{T}"/>, tells on the caller's thread: nothing comes after the end.</summary>
    private sealed class Teller(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
