using Spectre.Console;

namespace Coos.Cli.Data;

/// <summary>Shows the progress of some work and the remaining time.</summary>
internal static class ProgressBar
{
    /// <summary>Does some work while showing a progress bar.</summary>
    /// <param name="title">The text next to the bar.</param>
    /// <param name="total">The number of steps.</param>
    /// <param name="work">The work; it reports each step when it is done.</param>
    public static T Show<T>(string title, int total, Func<IProgress<int>, T> work)
    {
        // On standard error, so that standard output contains only results; nothing is shown if standard error is redirected.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected)
        {
            return work(new Steps(null));
        }

        return console
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Steps(context.AddTask(Markup.Escape(title), maxValue: Math.Max(total, 1)))));
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, counts on the caller's thread, so that no report comes after the end.</summary>
    private sealed class Steps(ProgressTask? task) : IProgress<int>
    {
        public void Report(int value) => task?.Increment(value);
    }
}
