// SPDX-License-Identifier: Apache-2.0

import CPoseKernels
import Glibc
import PoseImaging
import PoseTestSupport

/// Random bytes, the last or the first of which touches a page that nobody may read.
final class FencedPlane {
    private static let pageSize = 4096
    private let mapping: UnsafeMutableRawBufferPointer
    let bytes: UnsafeMutableRawBufferPointer

    init(byteCount: Int, fencedBelow: Bool, using generator: inout SeededGenerator) {
        let inner = (byteCount + Self.pageSize - 1) / Self.pageSize * Self.pageSize
        let flags = MAP_PRIVATE | MAP_ANONYMOUS
        guard let start = mmap(nil, inner + 2 * Self.pageSize, PROT_NONE, flags, -1, 0), start != MAP_FAILED
        else { preconditionFailure("no address space for a picture") }
        mapping = UnsafeMutableRawBufferPointer(start: start, count: inner + 2 * Self.pageSize)
        let readable = start + Self.pageSize
        mprotect(readable, inner, PROT_READ | PROT_WRITE)
        for word in UnsafeMutableRawBufferPointer(start: readable, count: inner).bindMemory(to: UInt64.self)
            .indices
        {
            readable.storeBytes(of: generator.next(), toByteOffset: 8 * word, as: UInt64.self)
        }
        bytes = UnsafeMutableRawBufferPointer(
            start: fencedBelow ? readable : readable + inner - byteCount,
            count: byteCount
        )
    }

    deinit { munmap(mapping.baseAddress, mapping.count) }
}

/// A picture of random bytes in any format, each of its planes fenced, with or without bytes between the rows.
///
/// The last row has no such bytes. Planes that end at the fence start at any address.
final class FencedPicture {
    private let planes: [FencedPlane]
    /// Valid for as long as the picture.
    let view: PictureView

    init(
        width: Int,
        height: Int,
        format: PixelFormat = .bgrx,
        padding: Int = 0,
        color: YUVColor = YUVColor(),
        fencedBelow: Bool,
        using generator: inout SeededGenerator
    ) throws {
        let half = ((width + 1) / 2, (height + 1) / 2)
        var sizes = [(width * format.bytesPerPixel, height)]
        if format == .nv12 { sizes.append((2 * half.0, half.1)) }
        if format == .i420 { sizes += [half, half] }
        planes = sizes.enumerated().map { index, size in
            FencedPlane(
                byteCount: (size.0 + padding) * (size.1 - 1) + size.0,
                fencedBelow: fencedBelow,
                using: &generator
            )
        }
        view = try PictureView(
            planes: zip(planes, sizes).map {
                PictureView.Plane(UnsafeRawBufferPointer($0.bytes), stride: $1.0 + padding)
            },
            width: width,
            height: height,
            format: format,
            color: color
        )
    }
}

extension YUVColor {
    /// Every meaning.
    static let all = [Matrix.bt601, .bt709].flatMap { matrix in
        [Range.limited, .full].map { YUVColor(matrix: matrix, range: $0) }
    }
}
