// SPDX-License-Identifier: Apache-2.0

import PoseHTTP

/// Reads the parts of a request that are text of the client's choice.
func readRequestText(_ bytes: [UInt8]) -> CInt {
    _ = PercentDecoding.decode(bytes)
    let header = String(decoding: bytes, as: UTF8.self)
    _ = ContentNegotiation.choose(accept: header, offers: ["application/json", "image/jpeg", "image/png"])
    return 0
}
