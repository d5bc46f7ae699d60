// SPDX-License-Identifier: Apache-2.0
#include <microhttpd.h>

// Swift cannot call MHD_get_connection_info, which is variadic.
static inline int mhd_connection_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? (int)info->connect_fd : -1;
}
