// SPDX-License-Identifier: Apache-2.0

/// Where the rows of one plane lie.
struct PlaneLayout {
    /// What an error calls the plane.
    var name: String
    var rows: Int
    /// Bytes of a row that hold pixels.
    var rowByteCount: Int
    /// Bytes from the start of one row to the start of the next; `rowByteCount` unless told.
    var stride: Int

    init(_ name: String, rows: Int, rowByteCount: Int, stride: Int?) {
        self.name = name
        self.rows = rows
        self.rowByteCount = rowByteCount
        self.stride = stride ?? rowByteCount
    }

    /// The planes of a picture that lie one behind the other, unchecked but for the picture's size.
    static func planes(
        width: Int,
        height: Int,
        format: PixelFormat,
        stride: Int?
    ) throws(ImageError) -> [PlaneLayout] {
        try PictureSize.check(width: width, height: height)
        let name = format.planeCount == 1 ? "picture" : "luma plane"
        let first = PlaneLayout(
            name,
            rows: height,
            rowByteCount: width * format.bytesPerPixel,
            stride: stride
        )
        let (columns, rows) = ((width + 1) / 2, (height + 1) / 2)
        switch format {
        case .i420:
            let half = first.stride / 2 + first.stride % 2
            return [
                first,
                PlaneLayout("Cb plane", rows: rows, rowByteCount: columns, stride: half),
                PlaneLayout("Cr plane", rows: rows, rowByteCount: columns, stride: half),
            ]
        case .nv12:
            let even = max(first.stride, 2 * columns)
            return [first, PlaneLayout("chroma plane", rows: rows, rowByteCount: 2 * columns, stride: even)]
        default:
            return [first]
        }
    }

    /// Bytes from the first pixel to the end of the last row's pixels.
    func byteCount() throws(ImageError) -> Int {
        guard stride >= rowByteCount else {
            throw ImageError(
                .invalidBuffer,
                "The stride of the \(name) is given as \(stride) bytes, but its rows have \(rowByteCount). "
                    + "State the bytes from the start of one row to the start of the next."
            )
        }
        guard stride <= Int32.max else {
            throw ImageError(
                .invalidBuffer,
                "The stride of the \(name) is given as \(stride) bytes; at most \(Int32.max) can be used."
            )
        }
        // 31 bits of stride by 26 bits of rows: below 2^58.
        return stride * (rows - 1) + rowByteCount
    }

    /// The part of some bytes that is this plane.
    ///
    /// - Throws: ``ImageError`` `.invalidBuffer` when they are too few.
    func slice(
        of bytes: UnsafeRawBufferPointer,
        from start: Int = 0
    ) throws(ImageError) -> UnsafeRawBufferPointer {
        let needed = try byteCount()
        guard start <= bytes.count, needed <= bytes.count - start else {
            throw ImageError(
                .invalidBuffer,
                "The \(name) needs \(needed) bytes (\(rows) rows, \(stride) bytes apart, the last of "
                    + "\(rowByteCount)), but \(max(0, bytes.count - start)) are left for it of the "
                    + "\(bytes.count) given. Check the width, height, stride and format."
            )
        }
        return unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<(start + needed)])
    }
}
