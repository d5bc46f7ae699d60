// SPDX-License-Identifier: Apache-2.0
#include "CPoseCodecs.h"

void pic_release(pic_bytes *bytes) {
    if (bytes->data && bytes->release) bytes->release(bytes->data);
    *bytes = (pic_bytes){0};
}
