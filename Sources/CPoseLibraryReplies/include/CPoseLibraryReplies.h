// SPDX-License-Identifier: Apache-2.0
#ifndef CPOSE_LIBRARY_REPLIES_H
#define CPOSE_LIBRARY_REPLIES_H

struct MHD_Connection;
struct MHD_Response;

// libmicrohttpd answers by itself what it cannot read, with a page in HTML and no further header, and no option changes that.
// It queues these pages as programs queue theirs, by calling MHD_queue_response through the dynamic linker, which takes this
// target's definition first. Where it does not (libmicrohttpd linked in statically, macOS's two-level names), the pages stay.

// Makes the response in place of the library's own with a status; may change the status. Without a response the library's own is
// kept, or, where the status became 0, the connection is closed.
// Runs on the thread of the connection's daemon.
typedef struct MHD_Response *(*pose_library_reply)(struct MHD_Connection *connection, unsigned int *status);

// Sets what replaces the library's own responses, of all daemons of this process.
void pose_replace_library_replies(pose_library_reply make);

// Queues a response of ours, as MHD_queue_response does; 0 when the library refuses.
int pose_queue_response(struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response);

// Bytes that a TCP socket has received in its life; 0 where the system does not tell.
unsigned long long pose_received_byte_count(int socket);

#endif
