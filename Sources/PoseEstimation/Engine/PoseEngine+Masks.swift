// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
internal import PoseInference

extension PoseEngine {
    /// The masks of several people as one byte picture, the highest of each pixel: 255 for 1.
    ///
    /// Takes a byte a pixel, however many people there are.
    ///
    /// - Parameters:
    ///   - masks: of one picture.
    ///   - width: columns to spread the picture over, at least 1.
    ///   - height: rows to spread the picture over, at least 1.
    ///   - cancellation: looked at between people.
    /// - Returns: `width × height` bytes, rows top to bottom; zeros without masks.
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`.
    /// - Precondition: `width` and `height` are at least 1.
    public func projectMasks(
        _ masks: [SegmentationMask],
        width: Int,
        height: Int,
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> [UInt8] {
        precondition(width >= 1 && height >= 1, "a picture has at least one pixel")
        var bytes = [UInt8](repeating: 0, count: width * height)
        for mask in masks {
            try PoseError.check(cancellation)
            let projection = mask.projection(width: width, height: height)
            unsafe bytes.withUnsafeMutableBufferPointer { buffer in
                var job = unsafe MaskJob(projection: projection, bytes: buffer)
                job.run(on: threads)
            }
        }
        return bytes
    }
}

/// One projection's rows, which threads share.
@safe private struct MaskJob {
    let projection: MaskProjection
    let bytes: UnsafeMutableBufferPointer<UInt8>
    /// Few enough to share well, enough to cost nothing.
    static let rowsPerUnit = 16

    mutating func run(on threads: ThreadPool) {
        let units = (projection.height + Self.rowsPerUnit - 1) / Self.rowsPerUnit
        unsafe withUnsafeMutablePointer(to: &self) { job in
            unsafe threads.run("mask", unitCount: units, arguments: UnsafeMutableRawPointer(job)) {
                job,
                _,
                begin,
                end in
                unsafe job?.assumingMemoryBound(to: MaskJob.self).pointee.write(begin..<end)
            }
        }
    }

    private func write(_ units: Range<Int>) {
        let first = units.lowerBound * Self.rowsPerUnit
        let rows = first..<min(units.upperBound * Self.rowsPerUnit, projection.height)
        let part = unsafe bytes[(rows.lowerBound * projection.width)..<(rows.upperBound * projection.width)]
        unsafe projection.writeRows(rows, into: UnsafeMutableBufferPointer(rebasing: part))
    }
}
