// SPDX-License-Identifier: Apache-2.0
// jpeglib.h needs these before it.
#include <stddef.h>
#include <stdio.h>

#include <jpeglib.h>
