// SPDX-License-Identifier: Apache-2.0
#include "CPoseLibraryReplies.h"

#if defined(__linux__)
// The C library's own header has a shorter struct tcp_info.
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>

unsigned long long pose_received_byte_count(int socket) {
    struct tcp_info info = {0};
    socklen_t size = sizeof info;
    if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
    if (size < offsetof(struct tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received) return 0;
    return info.tcpi_bytes_received;
}
#else
unsigned long long pose_received_byte_count(int socket) {
    (void)socket;
    return 0;
}
#endif
