// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseSystem

/// Files inside JSON.
enum DataURI {
    /// Bytes of a member whose value is a file, with some to spare for its name.
    static func byteCount(of file: BudgetedFile) -> Int { Base64.length(ofByteCount: file.bytes.count) + 64 }

    /// Writes a file as a member that is a `data:` URI.
    static func write(
        _ file: BudgetedFile,
        _ format: ImageFormat,
        as name: String,
        into members: inout JSONWriter
    ) {
        unsafe members.member(
            name,
            prefix: "data:\(format.mediaType);base64,",
            byteCount: Base64.length(ofByteCount: file.bytes.count)
        ) { text in
            unsafe Base64.encode(file.bytes, into: text)
        }
    }
}
