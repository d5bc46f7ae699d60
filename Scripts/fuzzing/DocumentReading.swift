// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

/// Reads a `pose/1` document, and a stream of them; what was read and written is read again as the same.
func readDocument(_ bytes: [UInt8]) {
    if let document = try? PoseDocument(json: bytes) {
        let text = document.json()
        let again = try? PoseDocument(json: [UInt8](text.utf8))
        precondition(again?.json() == text)
    }
    var reader = PoseStreamReader(maxLineByteCount: 1 << 16)
    for start in stride(from: 0, to: bytes.count, by: 97) {
        reader.append(bytes[start..<min(start + 97, bytes.count)])
    }
    reader.finish(droppingBrokenEnd: true)
    var count = 0
    while (try? reader.next()) != nil { count += 1 }
    precondition(count <= bytes.count && reader.intactByteCount <= bytes.count)
}
