// SPDX-License-Identifier: Apache-2.0

extension ImageBuffer {
    /// Lends the picture as a view, without copying; the view must not leave the closure.
    ///
    /// - Parameter body: reads the view.
    /// - Returns: what the closure returns.
    /// - Throws: what the closure throws.
    public func withView<R, E: Error>(_ body: (PictureView) throws(E) -> R) throws(E) -> R {
        try unsafe withUnsafeBytes { bytes throws(E) in
            try body(unsafe PictureView(ofBuffer: bytes, width: width, height: height))
        }
    }
}
