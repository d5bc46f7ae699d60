// SPDX-License-Identifier: Apache-2.0
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

// Swift sees neither the macro that makes a size of a curve's name nor the variable that holds the function.
static inline unsigned int pose_gnutls_p256(void) { return GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1); }
static inline void pose_gnutls_free(void *memory) { gnutls_free(memory); }
