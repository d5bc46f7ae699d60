// SPDX-License-Identifier: Apache-2.0

/// What a file was made of, kept with it, so that a later run knows whose it is whatever its name.
///
/// Pictures have no place for it that would not be given away with them, and a list beside them would be one more file. It is
/// the fraction of the second at which the file was written, in steps of 100 nanoseconds, the coarsest that usual file
/// systems keep; where it is lost, as in a copy, the file counts as nobody's. Two origins are alike once in ten million.
package struct FileOrigin: Hashable, Sendable {
    private static let step = 100
    private static let second = 1_000_000_000

    /// The fraction of a second, in nanoseconds.
    private let fraction: Int

    /// The origin of what is made of a file; another one when that is changed.
    ///
    /// - Parameters:
    ///   - name: what the file is called in results.
    ///   - status: the file.
    package init(_ name: String, _ status: FileStatus) {
        let hash = Self.hash(Array("\(status.byteCount) \(status.modificationTime) \(name)".utf8))
        fraction = Int(hash % UInt64(Self.second / Self.step)) * Self.step
    }

    /// 64-bit FNV-1a, the same in every run.
    static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// Whether a file was made of it; one without a byte was still being written.
    package func made(_ path: FilePath) -> Bool {
        guard let status = try? FileSystem.status(of: path) else { return false }
        return status.kind == .regularFile && status.byteCount > 0
            && status.modificationTime % Self.second / Self.step * Self.step == fraction
    }

    /// Marks a file that was made of it, at most a second in the past.
    func mark(_ file: borrowing FileDescriptor) {
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
        let seconds = Int(now.tv_sec) - (fraction > Int(now.tv_nsec) ? 1 : 0)
        file.setModificationTime(nanoseconds: seconds * Self.second + fraction)
    }
}
