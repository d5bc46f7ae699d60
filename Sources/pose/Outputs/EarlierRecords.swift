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
            try FileSystem.forEachPiece(of: path) { piece in
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
        var left = intactByteCount
        try OutputError.naming(path) { () throws(SystemError) in
            try FileSystem.forEachPiece(of: path) { piece throws(SystemError) in
                try file.write(Array(piece.prefix(left)))
                left -= min(left, piece.count)
            }
            if lacksLineBreak { try file.write([UInt8(ascii: "\n")]) }
        }
    }
}
