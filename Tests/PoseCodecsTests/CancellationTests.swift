// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// Decoding and encoding stop inside, soon after they are told to.
@Suite("Cancellation", .serialized)
struct CancellationTests {
    /// How long a call went on behind its deadline.
    private func overrun(_ limit: Duration, _ work: (CancellationToken) throws -> Void) throws -> Duration {
        let token = CancellationToken(timeLimit: limit)
        let start = ContinuousClock.now
        let error = #expect(throws: ImageError.self) { try work(token) }
        #expect(error?.code == .timedOut)
        return ContinuousClock.now - start - limit
    }

    // Far above what is usual, as machines under test are busy, and below the time that the whole work takes.
    private static let bound = Duration.seconds(1)

    /// 134 KB that held a core for half a minute.
    @Test
    func aProgressiveJPEGOfManyScansStopsAtItsDeadline() throws {
        let file = JPEGBuilder.manyScans(side: 8000, scans: 38)
        let time = try overrun(.milliseconds(100)) { _ = try ImageDecoder.decode(file, cancellation: $0) }
        #expect(time < Self.bound)
    }

    /// A picture with as much detail as one can have, made fast.
    private static func busy(width: Int, height: Int) -> ImageBuffer {
        var image = ImageBuffer(width: width, height: height)
        image.withUnsafeMutableBytes { bytes in
            let pixels = bytes.bindMemory(to: UInt32.self)
            var state: UInt32 = 1
            for i in pixels.indices {
                state = state &* 1_664_525 &+ 1_013_904_223
                pixels[i] = state
            }
        }
        return image
    }

    @Test(arguments: ImageFormat.allCases)
    func decodingAndEncodingStopBetweenRows(format: ImageFormat) throws {
        let image = Self.busy(width: 3000, height: 1500)
        let encoding = try overrun(.milliseconds(10)) {
            _ = try ImageEncoder.encode(image, as: format, cancellation: $0)
        }
        #expect(encoding < Self.bound)
        let file = try ImageEncoder.encode(image, as: format)
        let decoding = try overrun(.milliseconds(10)) { _ = try ImageDecoder.decode(file, cancellation: $0) }
        #expect(decoding < Self.bound)
    }

    @Test
    func nothingIsBegunForACancelledToken() throws {
        let token = CancellationToken()
        token.cancel()
        for name in ["baseline-420.jpg", "progressive-420.jpg", "rgb-8.png", "lossy.webp"] {
            let error = #expect(throws: ImageError.self) {
                try ImageDecoder.decode(Fixtures.bytes(name), cancellation: token)
            }
            #expect(error?.code == .cancelled)
        }
        let image = ImageBuffer(width: 8, height: 8)
        for format in ImageFormat.allCases {
            let error = #expect(throws: ImageError.self) {
                try ImageEncoder.encode(image, as: format, cancellation: token)
            }
            #expect(error?.code == .cancelled)
        }
        let error = #expect(throws: ImageError.self) {
            try ImageEncoder.encodeGrayPNG([0], width: 1, height: 1, cancellation: token)
        }
        #expect(error?.code == .cancelled)
    }

    @Test
    func aTokenThatIsNotUsedChangesNothing() throws {
        let token = CancellationToken(timeLimit: .seconds(600))
        for name in Fixtures.pictures {
            let bytes = try Fixtures.bytes(name)
            let decoded = try ImageDecoder.decode(bytes, cancellation: token)
            #expect(decoded.image.rgb == (try ImageDecoder.decode(bytes).image.rgb), "\(name)")
        }
    }
}
