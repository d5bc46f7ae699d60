// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "CPoseCodecs.h"

void pic_release(pic_bytes *bytes) {
    free(bytes->data);
    *bytes = (pic_bytes){0};
}
