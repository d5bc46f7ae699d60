// SPDX-License-Identifier: Apache-2.0

package import CPoseKernels

/// How the pixels of a picture lie in memory, 8 bits a value; more formats may come.
public struct PixelFormat: Hashable, Sendable, CustomStringConvertible {
    private enum Name: String {
        case bgrx, rgba, bgr, rgb, gray, i420, nv12
    }

    private let name: Name

    private init(_ name: Name) { self.name = name }

    /// Blue, green, red and an ignored byte; Cairo's `RGB24` on little-endian machines, ffmpeg's `bgr0`.
    public static let bgrx = PixelFormat(.bgrx)
    /// Red, green, blue and an ignored byte: transparency is dropped, not blended.
    public static let rgba = PixelFormat(.rgba)
    /// Blue, green and red; ffmpeg's `bgr24`, the order of OpenCV's pictures.
    public static let bgr = PixelFormat(.bgr)
    /// Red, green and blue; ffmpeg's `rgb24`.
    public static let rgb = PixelFormat(.rgb)
    /// One gray value, which red, green and blue all take.
    public static let gray = PixelFormat(.gray)
    /// A plane of luma, then one of Cb and one of Cr at half width and height, rounded up; ffmpeg's `yuv420p`.
    public static let i420 = PixelFormat(.i420)
    /// A plane of luma, then one of Cb and Cr in turn at half width and height, rounded up; ffmpeg's `nv12`.
    public static let nv12 = PixelFormat(.nv12)

    /// Every format.
    package static let all: [PixelFormat] = [.bgrx, .rgba, .bgr, .rgb, .gray, .i420, .nv12]

    /// The format's usual name, in lower case.
    public var description: String { name.rawValue }

    /// Bytes from one pixel to the next in the first plane: 4, 3 or 1.
    public var bytesPerPixel: Int {
        switch name {
        case .bgrx, .rgba: 4
        case .bgr, .rgb: 3
        case .gray, .i420, .nv12: 1
        }
    }

    /// Planes of a picture: 1, 2 for NV12, 3 for I420.
    public var planeCount: Int {
        switch name {
        case .bgrx, .rgba, .bgr, .rgb, .gray: 1
        case .nv12: 2
        case .i420: 3
        }
    }

    /// The format as kernels name it.
    package var kernelFormat: pk_format {
        switch name {
        case .bgrx: PK_FORMAT_BGRX
        case .rgba: PK_FORMAT_RGBA
        case .bgr: PK_FORMAT_BGR
        case .rgb: PK_FORMAT_RGB
        case .gray: PK_FORMAT_GRAY
        case .i420: PK_FORMAT_I420
        case .nv12: PK_FORMAT_NV12
        }
    }
}
