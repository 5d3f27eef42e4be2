namespace Coos.Evaluator.Statistics;

/// <summary>Quickselect (Hoare, "Algorithm 65: find", 1961): one order statistic without sorting everything.</summary>
internal static class OrderStatistic
{
    /// <summary>The value that would be at an index were the values sorted; they are reordered.</summary>
    public static double Select(Span<double> values, int index)
    {
        int left = 0, right = values.Length - 1;
        while (left < right)
        {
            var pivot = values[left + ((right - left) / 2)];
            int i = left, j = right;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (pivot < values[j])
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (index <= j)
            {
                right = j;
            }
            else if (index >= i)
            {
                left = i;
            }
            else
            {
                break;
            }
        }

        return values[index];
    }
}
