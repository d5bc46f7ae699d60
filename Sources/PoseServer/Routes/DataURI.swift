// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseSystem

/// Files inside JSON.
enum DataURI {
    /// A file as a `data:` URI.
    static func text(_ file: [UInt8], _ format: ImageFormat) -> String {
        "data:\(format.mediaType);base64,\(Base64.encode(file))"
    }
}
