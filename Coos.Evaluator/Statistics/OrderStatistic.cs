namespace Coos.Evaluator.Statistics;

/// <summary>Quickselect (Hoare, "Algorithm 65: find", 1961): finds one order statistic without sorting.</summary>
internal static class OrderStatistic
{
    /// <summary>Returns the value at an index of the sorted values; reorders the values.</summary>
    public static double Select(Span<double> values, int index)
    {
        int left = 0,
            right = values.Length - 1;
        while (left < right)
        {
            var pivot = values[left + ((right - left) / 2)];
            int i = left,
                j = right;
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
