// SPDX-License-Identifier: Apache-2.0
#include <nettle/base64.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <nettle/version.h>
