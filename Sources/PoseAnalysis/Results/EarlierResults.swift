// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseSystem

/// The results of a run that ended early, to go on behind them.
struct EarlierResults {
    /// The pictures that they are about.
    let sources: Set<String>
    private let path: FilePath
    private let intactByteCount: Int
    private let lacksLineBreak: Bool

    /// Reads them; `nil` when there is no file, or it is empty.
    ///
    /// - Throws: ``PoseError`` `.malformedResult` when the file is not of the format; a last record that is cut is no error.
    init?(_ path: FilePath, format: ResultFormat) throws(PoseError) {
        self.path = path
        guard (try? FileSystem.status(of: path).byteCount) ?? 0 > 0, var reader = format.makeSourceReader()
        else { return nil }
        var sources: Set<String> = []
        do {
            let file = try FileDescriptor.reading(regularFile: path)
            while let piece = try Self.piece(of: file) {
                reader.append(piece)
                while let source = try reader.next() { sources.insert(source) }
            }
            reader.finish()
            while let source = try reader.next() { sources.insert(source) }
        } catch {
            throw PoseError(
                .malformedResult,
                "\(path): \(error) It is no output of the format \(format) to go on with; give another name, or begin "
                    + "anew without --resume.",
                cause: error
            )
        }
        self.sources = sources
        intactByteCount = reader.intactByteCount
        lacksLineBreak = reader.lacksLineBreak
    }

    /// Writes them into a new file.
    func copy(to file: AtomicFile) throws {
        var left = intactByteCount
        let earlier = try FileDescriptor.reading(regularFile: path)
        while left > 0, let piece = try Self.piece(of: earlier) {
            try file.write(Array(piece.prefix(left)))
            left -= piece.count
        }
        if lacksLineBreak { try file.write([UInt8(ascii: "\n")]) }
    }

    /// The next bytes; `nil` at the end.
    private static func piece(of file: borrowing FileDescriptor) throws(SystemError) -> [UInt8]? {
        let piece = try file.read(limit: 1 << 20)
        return piece.isEmpty ? nil : piece
    }
}
