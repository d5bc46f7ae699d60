// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseImaging

/// The masks of people as one gray picture.
enum PeopleMask {
    /// `width × height` values: the largest of all people's, 255 for 1; black where nobody is.
    ///
    /// - Throws: the reason of the token, which is looked at every few rows.
    static func pixels(
        _ poses: [Pose],
        width: Int,
        height: Int,
        cancellation: CancellationToken?
    ) throws(CancellationToken.Reason) -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: width * height)
        let rowsPerStep = max(1, (1 << 18) / max(1, width))
        for mask in poses.compactMap(\.mask) {
            let projection = mask.projection(width: width, height: height)
            for top in stride(from: 0, to: height, by: rowsPerStep) {
                try cancellation?.check()
                let rows = top..<min(top + rowsPerStep, height)
                unsafe pixels.withUnsafeMutableBufferPointer {
                    let band = unsafe UnsafeMutableBufferPointer(rebasing: $0[(rows.lowerBound * width)...])
                    unsafe projection.writeRows(rows, into: band)
                }
            }
        }
        return pixels
    }
}
