// SPDX-License-Identifier: Apache-2.0
#ifndef C_POSE_KERNELS_H
#define C_POSE_KERNELS_H

#include "pk_isa.h"
#include "pk_kernels.h"
#include "pk_sampling.h"

#endif
