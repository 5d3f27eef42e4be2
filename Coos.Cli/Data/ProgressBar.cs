using Spectre.Console;

namespace Coos.Cli.Data;

/// <summary>Shows how far some work is and how long it will still take.</summary>
internal static class ProgressBar
{
    /// <summary>Does the work under a progress bar.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="total">The number of steps.</param>
    /// <param name="work">The work; it reports steps as they are done.</param>
    public static T Show<T>(string title, int total, Func<IProgress<int>, T> work)
    {
        // On standard error, so that standard output stays the answer; redirected, it stays silent.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected)
        {
            return work(new Steps(null));
        }

        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Steps(context.AddTask(Markup.Escape(title), maxValue: Math.Max(total, 1)))));
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, counts on the caller's thread: no report comes after the end.</summary>
    private sealed class Steps(ProgressTask? task) : IProgress<int>
    {
        public void Report(int value) => task?.Increment(value);
    }
}
