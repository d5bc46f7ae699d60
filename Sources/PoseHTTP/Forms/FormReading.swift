// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// Reading of a form that is there whole, for checks of the parser without a connection.
package enum FormReading {
    /// The parts of a `multipart/form-data` body.
    ///
    /// - Parameters:
    ///   - body: the whole body.
    ///   - contentType: the header that names the boundary.
    ///   - chunk: how many bytes the parser gets at a time, at least 1.
    /// - Returns: `nil` when the header has no boundary, or the form is damaged or larger than 1 MiB.
    package static func parts(of body: [UInt8], contentType: String, chunk: Int) -> [FormPart]? {
        let limit = 1 << 20
        guard var parser = MultipartParser(contentType: contentType, limit: limit),
            let reservation = MemoryBudget(byteCount: limit).reserve(0)
        else { return nil }
        do {
            for start in stride(from: 0, to: body.count, by: chunk) {
                try unsafe body[start..<min(start + chunk, body.count)].withUnsafeBytes {
                    try unsafe parser.parse($0, reservation)
                }
            }
            return try parser.finish()
        } catch {
            return nil
        }
    }
}
