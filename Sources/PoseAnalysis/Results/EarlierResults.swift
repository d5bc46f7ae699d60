// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseSystem

/// The results of a run that ended early, to go on behind them.
struct EarlierResults {
    /// The pictures that they are about.
    let sources: Set<String>
    /// The landmark networks that placed the landmarks, as far as the format says.
    let complexities: Set<ModelComplexity>
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
        var complexities: Set<ModelComplexity> = []
        do {
            let file = try FileDescriptor.reading(regularFile: path)
            var isAtEnd = false
            while !isAtEnd {
                if let piece = try Self.piece(of: file) {
                    reader.append(piece)
                } else {
                    reader.finish()
                    isAtEnd = true
                }
                while let source = try reader.next() {
                    sources.insert(source)
                    if let complexity = reader.complexity { complexities.insert(complexity) }
                }
            }
        } catch {
            throw PoseError(
                .malformedResult,
                "\(path): \(error) It is no output of the format \(format) to go on with; give another name, or begin "
                    + "anew without --resume.",
                cause: error
            )
        }
        self.sources = sources
        self.complexities = complexities
        intactByteCount = reader.intactByteCount
        lacksLineBreak = reader.lacksLineBreak
    }

    /// Makes sure that results of a complexity can stand behind them.
    ///
    /// - Throws: ``PoseError`` `.invalidOption` when another network has placed theirs.
    func check(_ complexity: ModelComplexity) throws(PoseError) {
        guard let other = complexities.subtracting([complexity]).min(by: { $0.rawValue < $1.rawValue })
        else { return }
        throw PoseError(
            .invalidOption,
            "\(path): its results are of complexity \(other.rawValue), and \(complexity.rawValue) is asked for now; add "
                + "--complexity \(other.rawValue) to go on with it, or begin anew without --resume."
        )
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
