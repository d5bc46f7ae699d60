// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import Synchronization

/// Converts frames to BGRX, in pictures that go round.
final class FrameConversion: Sendable {
    private let unused = Mutex<[PictureBuffer]>([])

    /// Converts a frame.
    ///
    /// - Parameter frame: in any format; not needed afterwards.
    /// - Returns: a picture in BGRX, to be given back with ``recycle(_:)``.
    /// - Throws: `ImageError` `.outOfMemory`.
    func converted(_ frame: PictureBuffer) throws(ImageError) -> PictureBuffer {
        let image = try frame.withView { view throws(ImageError) in try ImageBuffer(copying: view) }
        let picture: PictureBuffer
        if let last = unused.withLock({ $0.popLast() }) {
            picture = last
        } else {
            picture = try PictureBuffer(width: frame.width, height: frame.height, format: .bgrx)
        }
        unsafe image.withUnsafeBytes { bytes in
            unsafe picture.withMutableBytes { unsafe $0.copyMemory(from: bytes) }
        }
        return picture
    }

    /// Takes a picture back.
    func recycle(_ picture: PictureBuffer) {
        unused.withLock { $0.append(picture) }
    }
}
