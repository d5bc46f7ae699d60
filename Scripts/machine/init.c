// SPDX-License-Identifier: Apache-2.0
// The first process of an emulated machine: runs /program, prints how it ended, and switches the machine off.
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

int main(void) {
    if (mount("dev", "/dev", "devtmpfs", 0, "") != 0) return 1;
    const int console = open("/dev/console", O_RDWR);
    for (int stream = 0; stream < 3; stream++) dup2(console, stream);

    const pid_t child = fork();
    if (child == 0) {
        execl("/program", "program", (char *)NULL);
        perror("/program");
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    printf("exit status %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    fflush(stdout);
    // The power goes off faster than the serial line carries text.
    tcdrain(STDOUT_FILENO);
    sleep(1);
    reboot(RB_POWER_OFF);
    for (;;) pause();
}
