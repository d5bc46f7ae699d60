// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The readers by the names of `Scripts/fuzz`.
let readers: [String: @Sendable ([UInt8]) -> Void] = [
    "document": readDocument, "metadata": readMetadata, "model": readModel, "parameters": readParameters,
    "picture": readPicture, "request": readRequest, "rewrite": readRewrite, "socket": readSocket,
]

/// The one that this run is about.
let reader = readers[ProcessInfo.processInfo.environment["POSE_FUZZ_TARGET"] ?? ""]

/// What libFuzzer calls with an input; its library asks for it by this name.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    reader?([UInt8](UnsafeBufferPointer(start: start, count: count)))
    return 0
}
