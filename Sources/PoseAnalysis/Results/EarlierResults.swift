// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseSystem

/// The results of a run that ended early, to go on behind them.
struct EarlierResults {
    /// What one picture or person has there.
    struct Record {
        /// The picture that it is about.
        let source: String
        /// Where in the file it stands, with its line break.
        let range: Range<Int>
    }

    /// All of them, in their order.
    let records: [Record]
    /// The landmark networks that placed the landmarks, as far as the format says.
    let complexities: Set<ModelComplexity>
    private let path: FilePath
    /// The name under which they were to be seen.
    private let name: FilePath
    private let intactByteCount: Int
    private let lacksLineBreak: Bool

    /// Reads them; `nil` when there is no file, or it is empty.
    ///
    /// - Parameters:
    ///   - path: where they stand.
    ///   - name: the name under which they were to be seen.
    ///   - format: their format.
    /// - Throws: ``PoseError`` `.malformedResult` when the file is not of the format; a last record that is cut is no error.
    init?(_ path: FilePath, of name: FilePath? = nil, format: ResultFormat) throws(PoseError) {
        self.path = path
        self.name = name ?? path
        guard (try? FileSystem.status(of: path).byteCount) ?? 0 > 0, var reader = format.makeSourceReader()
        else { return nil }
        var records: [Record] = []
        var latest: [String: [Int]] = [:]
        var superseded: Set<Int> = []
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
                    // A run that was killed had not yet put what it made anew into the place of the old.
                    if let name, name != path, !reader.isContinued, let old = latest[source] {
                        superseded.formUnion(old)
                        latest[source] = nil
                    }
                    latest[source, default: []].append(records.count)
                    records.append(Record(source: source, range: reader.recordRange))
                    if let complexity = reader.complexity { complexities.insert(complexity) }
                }
            }
        } catch let error as PoseError where error.code == .invalidOption {
            throw PoseError(.invalidOption, "\(self.name): \(error.message)", cause: error)
        } catch {
            throw PoseError(
                .malformedResult,
                "\(path): \(error) It is no output of the format \(format) to go on with; give another name, or begin "
                    + "anew without --resume.",
                cause: error
            )
        }
        headerByteCount = records.first?.range.lowerBound ?? reader.intactByteCount
        self.records = records.indices.filter { !superseded.contains($0) }.map { records[$0] }
        self.complexities = complexities
        intactByteCount = reader.intactByteCount
        lacksLineBreak = reader.lacksLineBreak
    }

    /// How many bytes stand before the first record.
    private let headerByteCount: Int

    /// Makes sure that results of a complexity can stand behind them.
    ///
    /// - Throws: ``PoseError`` `.invalidOption` when another network has placed theirs.
    func check(_ complexity: ModelComplexity) throws(PoseError) {
        guard let other = complexities.subtracting([complexity]).min(by: { $0.rawValue < $1.rawValue })
        else { return }
        throw PoseError(
            .invalidOption,
            "\(name): its results are of complexity \(other.rawValue), and \(complexity.rawValue) is asked for now; add "
                + "--complexity \(other.rawValue) to go on with it, or begin anew without --resume."
        )
    }

    /// Writes what the records share, and some of the records, to the end of a new file.
    ///
    /// - Returns: where each of them stands there.
    func copy(to file: AtomicFile, _ isKept: (Record) -> Bool) throws -> [Record] {
        let earlier = try FileDescriptor.reading(regularFile: path)
        if file.byteCount == 0 { try file.write(try earlier.read(0..<headerByteCount)) }
        var copies: [Record] = []
        for record in records where isKept(record) {
            let start = file.byteCount
            try file.write(try earlier.read(record.range))
            if lacksLineBreak, record.range.upperBound == intactByteCount {
                try file.write([UInt8(ascii: "\n")])
            }
            copies.append(Record(source: record.source, range: start..<file.byteCount))
        }
        return copies
    }

    /// The next bytes; `nil` at the end.
    private static func piece(of file: borrowing FileDescriptor) throws(SystemError) -> [UInt8]? {
        let piece = try file.read(limit: 1 << 20)
        return piece.isEmpty ? nil : piece
    }
}
