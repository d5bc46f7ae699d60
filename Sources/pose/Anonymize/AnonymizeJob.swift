// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseImaging
import PosePrivacy
import PoseSystem

/// What became of one photo or video.
enum AnonymizeOutcome: Sendable {
    /// It is written or withheld: what reports say, what the sidecar notes, what people are told.
    case done(record: PrivacyRecord, entry: Sidecar.Entry?, summary: String, warnings: [String] = [])
    /// It is bad; the others go on.
    case failed(record: PrivacyRecord, CommandFailure)
    /// The run was interrupted before it was done.
    case cancelled
    /// The run cannot go on.
    case fatal(any Error)
}

/// All there is to do for one photo: read, cover, write.
struct AnonymizeJob: Sendable {
    let photo: Photo
    /// Where the covered photo goes; of standard input in a directory the ending is that of what comes.
    private(set) var output: FilePath
    /// Whether it is in a directory of outputs.
    let isInDirectory: Bool
    let settings: AnonymizeSettings

    /// Does it.
    mutating func run(_ analyzer: PhotoAnalyzer, _ token: CancellationToken) -> AnonymizeOutcome {
        do {
            let bytes = try photo.read(limit: settings.analysis.maxFileByteCount)
            if photo.isStandardInput { try checkOutput(bytes) }
            return try cover(bytes, analyzer, token)
        } catch let error as AnalysisError {
            if error.code == .cancelled { return .cancelled }
            return failed(CommandFailure(error, photo: photo.path), code: error.code.description)
        } catch let failure as CommandFailure {
            return failed(failure, code: "unreadable")
        } catch {
            return .fatal(error)
        }
    }

    /// Sees to it that the name says what comes on standard input, which nobody knew before.
    private mutating func checkOutput(_ bytes: [UInt8]) throws(CommandFailure) {
        guard let found = ImageFormat.detect(bytes) else { return }
        if isInDirectory {
            output = AnonymizePlan.standardInput(output, as: found.outputFormat)
            return
        }
        do throws(UsageError) {
            try AnonymizePlan.checkFormat(output, photo, found)
        } catch {
            throw CommandFailure(.usage, error.message)
        }
    }

    private func failed(_ failure: CommandFailure, code: String) -> AnonymizeOutcome {
        guard failure.isOfOneInput else { return .fatal(failure) }
        Self.removeEarlierOutput(output)
        let record = PrivacyRecord(failed: photo.path.text, code: code, message: failure.message)
        return .failed(record: record, failure)
    }

    private func cover(
        _ bytes: [UInt8],
        _ analyzer: PhotoAnalyzer,
        _ token: CancellationToken
    ) throws -> AnonymizeOutcome {
        var analysis = settings.analysis
        var edits = FaceEdits()
        var hash: String?
        if let sidecar = settings.sidecar {
            let digest = SHA256.hexadecimalDigest(of: bytes)
            hash = digest
            switch sidecar.match(source: photo.path.text, sha256: digest) {
            case .edits(let found): edits = found
            case .anotherPicture: return anotherPicture()
            }
        }
        analysis.anonymization.added += edits.added
        analysis.anonymization.keptOpen += edits.keptOpen
        let result = try analyzer.anonymize(bytes, settings: analysis, cancellation: token)
        let record = PrivacyRecord(source: photo.path.text, output: output.text, photo: result)
        if let file = result.bytes {
            try AtomicFile.write(file, to: output)
        } else {
            Self.removeEarlierOutput(output)
        }
        let entry = Sidecar.Entry(
            source: photo.path.text,
            sha256: hash,
            faces: result.faces,
            doubts: result.doubts,
            edits: edits
        )
        return .done(
            record: record,
            entry: hash == nil ? nil : entry,
            summary: Self.summary(of: record, photo.path),
            warnings: (try? ImageDecoder.inspect(bytes).warnings) ?? []
        )
    }

    /// A name whose decisions are about other bytes: those faces would stay open.
    private func anotherPicture() -> AnonymizeOutcome {
        Self.removeEarlierOutput(output)
        var record = PrivacyRecord(
            failed: photo.path.text,
            code: PhotoRefusal.Code.anotherPicture.rawValue,
            message:
                "The sidecar has decisions for another picture of this name. Review it again, or take it out of the sidecar."
        )
        record.outcome = .withheld
        return .done(record: record, entry: nil, summary: Self.summary(of: record, photo.path))
    }

    /// What a run before wrote under this name may have open faces.
    static func removeEarlierOutput(_ path: FilePath) {
        if (try? FileSystem.linkStatus(of: path).kind) == .regularFile { FileSystem.remove(path) }
    }

    /// A line for people: `a.jpg: 3 faces covered, 1 doubt → out/a.jpg`.
    static func summary(of record: PrivacyRecord, _ path: FilePath) -> String {
        if let reason = record.reason, record.outcome == .withheld {
            return "\(path): withheld. \(reason.message)"
        }
        var text = "\(path): " + counted(record.coveredCount, "face covered", "faces covered")
        let openCount = record.faces.count - record.coveredCount
        if openCount > 0 { text += ", \(openCount) left open" }
        if !record.doubts.isEmpty { text += ", " + counted(record.doubts.count, "doubt", "doubts") }
        return text + (record.output.map { " → \(FilePath(text: $0))" } ?? "")
    }
}
