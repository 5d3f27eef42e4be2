namespace Coos.Runner.Lockdown;

/// <summary>
/// The system calls that the runner may make: memory, threads, time, and reading of files that the sandbox shows. None opens a socket,
/// starts a program, traces a process or writes a file. The numbers differ between processors.
/// </summary>
internal sealed class SystemCalls
{
    /// <summary>The number of the processor's calls in the kernel's audit interface (<c>AUDIT_ARCH_*</c>).</summary>
    public required uint Architecture { get; init; }

    /// <summary>The calls that are allowed with all arguments.</summary>
    public required IReadOnlyList<int> Allowed { get; init; }

    /// <summary><c>openat</c>: only for reading.</summary>
    public required int OpenAt { get; init; }

    /// <summary><c>clone</c>: only for threads.</summary>
    public required int Clone { get; init; }

    /// <summary><c>clone3</c>: its arguments are in memory, where a filter cannot read them. Without it the C library uses clone.</summary>
    public required int Clone3 { get; init; }

    /// <summary><c>prlimit64</c>: only for reading limits.</summary>
    public required int LimitProcess { get; init; }

    /// <summary>Those of x86-64.</summary>
    public static SystemCalls X64 { get; } =
        new()
        {
            Architecture = 0xC000003E,
            Allowed =
            [
                0, // read
                1, // write: the pipes, and what is open
                3, // close
                4, // stat
                5, // fstat
                6, // lstat
                7, // poll
                8, // lseek
                9, // mmap
                10, // mprotect
                11, // munmap
                12, // brk
                13, // rt_sigaction
                14, // rt_sigprocmask
                15, // rt_sigreturn
                17, // pread64
                18, // pwrite64
                19, // readv
                20, // writev
                21, // access
                24, // sched_yield
                25, // mremap
                27, // mincore
                28, // madvise
                32, // dup
                35, // nanosleep
                39, // getpid
                60, // exit
                63, // uname
                72, // fcntl
                79, // getcwd
                89, // readlink
                96, // gettimeofday
                98, // getrusage
                99, // sysinfo
                102, // getuid
                104, // getgid
                107, // geteuid
                108, // getegid
                110, // getppid
                131, // sigaltstack
                143, // sched_getparam
                145, // sched_getscheduler
                146, // sched_get_priority_max
                147, // sched_get_priority_min: threads are created with it
                157, // prctl
                186, // gettid
                201, // time
                202, // futex
                203, // sched_setaffinity
                204, // sched_getaffinity
                217, // getdents64
                219, // restart_syscall
                228, // clock_gettime
                229, // clock_getres
                230, // clock_nanosleep
                231, // exit_group
                234, // tgkill: threads of the runtime stop each other by signals
                239, // get_mempolicy
                262, // newfstatat
                267, // readlinkat
                269, // faccessat
                271, // ppoll
                273, // set_robust_list
                293, // pipe2: how .NET hands over to a new thread
                309, // getcpu
                318, // getrandom
                324, // membarrier
                332, // statx
                334, // rseq
                439, // faccessat2
            ],
            OpenAt = 257,
            Clone = 56,
            Clone3 = 435,
            LimitProcess = 302,
        };

    /// <summary>Those of 64-bit ARM.</summary>
    public static SystemCalls Arm64 { get; } =
        new()
        {
            Architecture = 0xC00000B7,
            Allowed =
            [
                17, // getcwd
                23, // dup
                25, // fcntl
                48, // faccessat
                57, // close
                59, // pipe2: how .NET hands over to a new thread
                61, // getdents64
                62, // lseek
                63, // read
                64, // write: the pipes, and what is open
                65, // readv
                66, // writev
                67, // pread64
                68, // pwrite64
                73, // ppoll
                78, // readlinkat
                79, // newfstatat
                80, // fstat
                93, // exit
                94, // exit_group
                98, // futex
                99, // set_robust_list
                101, // nanosleep
                113, // clock_gettime
                114, // clock_getres
                115, // clock_nanosleep
                120, // sched_getscheduler
                121, // sched_getparam
                122, // sched_setaffinity
                123, // sched_getaffinity
                124, // sched_yield
                125, // sched_get_priority_max
                126, // sched_get_priority_min: threads are created with it
                128, // restart_syscall
                131, // tgkill: threads of the runtime stop each other by signals
                132, // sigaltstack
                134, // rt_sigaction
                135, // rt_sigprocmask
                139, // rt_sigreturn
                160, // uname
                165, // getrusage
                167, // prctl
                168, // getcpu
                169, // gettimeofday
                172, // getpid
                173, // getppid
                174, // getuid
                175, // geteuid
                176, // getgid
                177, // getegid
                178, // gettid
                179, // sysinfo
                214, // brk
                215, // munmap
                216, // mremap
                222, // mmap
                226, // mprotect
                232, // mincore
                233, // madvise
                236, // get_mempolicy
                278, // getrandom
                283, // membarrier
                291, // statx
                293, // rseq
                439, // faccessat2
            ],
            OpenAt = 56,
            Clone = 220,
            Clone3 = 435,
            LimitProcess = 261,
        };
}
