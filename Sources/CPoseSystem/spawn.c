// SPDX-License-Identifier: Apache-2.0
#if defined(__linux__)
#define _GNU_SOURCE // dup3, pipe2, close_range's number
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include "CPoseSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// From here to child's end runs between fork and exec, beside threads that are gone: system calls only.

static void reset_signals(void) {
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigemptyset(&action.sa_mask);
    // The numbers that the C library keeps for itself are refused, which does no harm.
    for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void close_from(int first) {
#if defined(SYS_close_range)
    if (syscall(SYS_close_range, (unsigned)first, ~0u, 0u) == 0) return;
#endif
    struct rlimit limit;
    const int end = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 1 << 20 ? (int)limit.rlim_cur : 1 << 20;
    for (int number = first; number < end; number++) close(number);
}

// Puts every descriptor at its number, the report behind them, and closes all others. Returns the report's number, or
// -1 with errno.
static int arrange(const int *from, size_t count, int report) {
    const int above = (int)count + 1;
    int moved[PS_MAX_DESCRIPTORS];
    // First out of the way of the numbers that are wanted.
    if ((report = fcntl(report, F_DUPFD_CLOEXEC, above)) < 0) return -1;
    for (size_t i = 0; i < count; i++) {
        moved[i] = from[i] < 0 ? open("/dev/null", (i == 0 ? O_RDONLY : O_WRONLY) | O_CLOEXEC)
                               : fcntl(from[i], F_DUPFD_CLOEXEC, above);
        if (moved[i] >= 0 && moved[i] < above) moved[i] = fcntl(moved[i], F_DUPFD_CLOEXEC, above);
        if (moved[i] < 0) return -1;
    }
    for (size_t i = 0; i < count; i++) {
        if (dup2(moved[i], (int)i) < 0) return -1;
    }
    if (dup2(report, (int)count) < 0 || fcntl((int)count, F_SETFD, FD_CLOEXEC) < 0) return -1;
    close_from(above);
    return (int)count;
}

static _Noreturn void child(const char *program, char *const *arguments, char *const *environment, const int *from,
                            size_t count, int report, pid_t parent) {
    reset_signals();
    setpgid(0, 0);
#if defined(__linux__)
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    // The parent may have gone before its death could be told.
    if (getppid() != parent) _exit(127);
    const int arranged = arrange(from, count, report);
    if (arranged >= 0) {
        report = arranged;
        execve(program, arguments, environment);
    }
    const int error = errno;
    ssize_t written;
    do written = write(report, &error, sizeof error);
    while (written < 0 && errno == EINTR);
    _exit(127);
}

static int report_pipe(int ends[2]) {
#if defined(__linux__)
    return pipe2(ends, O_CLOEXEC);
#else
    if (pipe(ends) < 0) return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    return fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
}

int ps_spawn(const char *program, char *const *arguments, char *const *environment, const int *descriptors, size_t count,
             int *result) {
    if (count < 3 || count > PS_MAX_DESCRIPTORS) return EINVAL;
    int ends[2];
    if (report_pipe(ends) < 0) return errno;
    const pid_t parent = getpid();
    // A handler of ours must not run in the child.
    sigset_t all, previous;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &previous);
    const pid_t pid = fork();
    if (pid == 0) child(program, arguments, environment, descriptors, count, ends[1], parent);
    int error = pid < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &previous, NULL);
    close(ends[1]);
    if (pid > 0) {
        setpgid(pid, pid);
        ssize_t got;
        do got = read(ends[0], &error, sizeof error);
        while (got < 0 && errno == EINTR);
        if (got != (ssize_t)sizeof error) error = 0;
        if (error) {
            while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
            }
        }
    }
    close(ends[0]);
    *result = pid;
    return error;
}

int ps_pipe(int ends[2]) { return report_pipe(ends) < 0 ? errno : 0; }

int ps_try_wait(int pid, int *exit_code, int *signal_number) {
    int status;
    pid_t got;
    do got = waitpid(pid, &status, WNOHANG);
    while (got < 0 && errno == EINTR);
    if (got == 0) return 0;
    *exit_code = got == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    *signal_number = got == pid && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return 1;
}

void ps_set_pipe_size(int descriptor, int byte_count) {
#if defined(F_SETPIPE_SZ)
    fcntl(descriptor, F_SETPIPE_SZ, byte_count);
#else
    (void)descriptor;
    (void)byte_count;
#endif
}
