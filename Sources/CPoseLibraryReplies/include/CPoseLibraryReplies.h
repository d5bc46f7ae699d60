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

// Gives a connection a timeout of its own, other than its daemon's; Swift sees no functions of variable arguments.
//
// The library calls on connections with a timeout of their own in every turn of its loop, before it reads; on others only when
// they are the one that was idle longest. When a suspended connection is resumed whose client has ended its direction, as scripts
// do, the library must get to its answer before it reads that end, which makes it close the connection.
void pose_set_timeout(struct MHD_Connection *connection, unsigned int seconds);

// Bytes that a TCP socket has received in its life; 0 where the system does not tell.
unsigned long long pose_received_byte_count(int socket);

#endif
