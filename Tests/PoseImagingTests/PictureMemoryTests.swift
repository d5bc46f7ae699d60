// SPDX-License-Identifier: Apache-2.0

import Glibc
import PoseImaging
import Testing

/// Pictures for which there is no memory: an error, and the process goes on.
@Suite("Picture memory")
struct PictureMemoryTests {
    /// Lets the process have 16 MB more than it has now.
    private static func limitAddressSpace() {
        var text = [CChar](repeating: 0, count: 100)
        let file = open("/proc/self/statm", O_RDONLY)
        guard read(file, &text, 99) > 0, let pages = strtol(text, nil, 10) as Int?, pages > 0 else { exit(2) }
        let limit = rlim_t(pages * 4096 + 16 << 20)
        var limits = rlimit(rlim_cur: limit, rlim_max: limit)
        guard setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limits) == 0 else { exit(3) }
    }

    /// 256 MB that nobody touches.
    private static func large() -> ImageBuffer {
        guard let image = try? ImageBuffer(width: 8000, height: 8000, writingPixels: { _ in }) else {
            exit(4)
        }
        return image
    }

    private static func expectRefusal(_ body: () throws(ImageError) -> Void) {
        do {
            try body()
            exit(5)
        } catch {
            guard error.code == .outOfMemory else { exit(6) }
        }
    }

    @Test
    func aPictureBeyondTheAddressSpaceIsAnError() {
        let error = #expect(throws: ImageError.self) {
            try ImageBuffer.black(width: 1 << 25, height: 1 << 25)
        }
        #expect(error?.code == .outOfMemory)
        #expect(
            error?.message
                == "There is no memory for a picture of 33554432 × 33554432 pixels, which needs 4503599627370496 "
                + "bytes. Try again later, process fewer pictures at once, or scale it down."
        )
    }

    @Test
    func everyStepThatTakesMemoryReportsThatThereIsNone() async {
        await #expect(processExitsWith: .success) {
            let image = Self.large()
            Self.limitAddressSpace()
            Self.expectRefusal { () throws(ImageError) in
                _ = try ImageBuffer.black(width: 8000, height: 8000)
            }
            Self.expectRefusal { () throws(ImageError) in _ = try image.applyingOrientation(6) }
            Self.expectRefusal { () throws(ImageError) in
                try image.withView { view throws(ImageError) in _ = try ImageBuffer(copying: view) }
            }
            var copy = image
            Self.expectRefusal { () throws(ImageError) in try copy.makeUniquelyOwned() }
            guard (try? image.applyingOrientation(1)) != nil else { exit(7) }
            guard image[0, 0].red == copy[0, 0].red else { exit(8) }
        }
    }

    @Test
    func aCopyThatIsAloneNeedsNoMemory() throws {
        var image = ImageBuffer(width: 3, height: 3)
        let address = image.withUnsafeBytes { $0.baseAddress }
        try image.makeUniquelyOwned()
        #expect(image.withUnsafeBytes { $0.baseAddress } == address)
        let copy = image
        try image.makeUniquelyOwned()
        #expect(image.withUnsafeBytes { $0.baseAddress } != address)
        #expect(copy.withUnsafeBytes { $0.baseAddress } == address)
    }
}
