// SPDX-License-Identifier: Apache-2.0
#include "CPoseLibraryReplies.h"

#include <microhttpd.h>

void pose_set_timeout(struct MHD_Connection *connection, unsigned int seconds) {
    MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, seconds);
}
