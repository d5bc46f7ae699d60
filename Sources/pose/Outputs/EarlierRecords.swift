// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseSystem

/// The records of a run that ended early, to go on behind them.
struct EarlierRecords {
    /// What they are about.
    let sources: Set<String>
    private let path: FilePath
    private let intactByteCount: Int
    private let lacksLineBreak: Bool

    /// Reads them; `nil` when there is no file, or it is empty.
    ///
    /// - Throws: ``CommandFailure`` when the file is not of the format; a last record that is cut is no error.
    init?(_ request: ResultRequest) throws(CommandFailure) {
        path = request.path
        guard (try? FileSystem.status(of: path).byteCount) ?? 0 > 0,
            var reader = request.format.makeSourceReader()
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
        } catch let error as SystemError {
            throw CommandFailure(.noInput, "\(path): \(error.reason).")
        } catch {
            throw CommandFailure(
                .badInput,
                "\(path): \(error) --resume goes on with files of the format \(request.format) only; "
                    + "give another name, or leave --resume out to begin anew."
            )
        }
        self.sources = sources
        intactByteCount = reader.intactByteCount
        lacksLineBreak = reader.lacksLineBreak
    }

    /// Writes them into a new file.
    func copy(to file: AtomicFile) throws {
        try OutputError.naming(path) { () throws(SystemError) in
            let earlier = try FileDescriptor.reading(regularFile: path)
            var left = intactByteCount
            while left > 0, let piece = try Self.piece(of: earlier) {
                try file.write(Array(piece.prefix(left)))
                left -= piece.count
            }
            if lacksLineBreak { try file.write([UInt8(ascii: "\n")]) }
        }
    }

    /// The next bytes; `nil` at the end.
    private static func piece(of file: borrowing FileDescriptor) throws(SystemError) -> [UInt8]? {
        let piece = try file.read(limit: 1 << 20)
        return piece.isEmpty ? nil : piece
    }
}
