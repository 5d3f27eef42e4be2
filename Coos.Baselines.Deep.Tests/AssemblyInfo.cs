// Networks are drawn from libtorch's one generator, and every one uses all cores: one test at a time.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
