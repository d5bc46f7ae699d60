// SPDX-License-Identifier: Apache-2.0
#include "CPoseSystem.h"

extern char **environ;

const char *ps_environment(size_t index) { return environ ? environ[index] : NULL; }
