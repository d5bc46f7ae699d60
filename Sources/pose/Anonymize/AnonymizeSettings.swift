// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseImaging
import PosePrivacy
import PoseSystem

/// What `pose anonymize` is told for all pictures and videos.
struct AnonymizeSettings: Sendable {
    var analysis = AnalysisSettings()
    var threadCount: Int
    var store: ModelStore
    var isQuiet: Bool
    var keepsAudio: Bool
    var reports: [FilePath]
    var sidecarPath: FilePath?
    /// What was decided in a run before.
    private(set) var sidecar: Sidecar?
    /// The picture that covers faces.
    let picturePath: FilePath?

    /// How long a photo may take unless told.
    private static let timeLimit = Duration.seconds(300)
    /// Most bytes of the picture that covers faces.
    private static let mostPictureBytes = 64 << 20

    init(_ arguments: ParsedArguments) throws(UsageError) {
        analysis.timeLimit = Self.timeLimit
        try arguments.apply(AnalysisParameters.parameters(for: .anonymize), to: &analysis)
        threadCount = arguments.threadCount
        store = arguments.modelStore
        isQuiet = arguments[SharedOptions.quiet]
        keepsAudio = arguments[AnonymizeCommand.keepAudio]
        reports = arguments.all(AnonymizeCommand.report)
        sidecarPath = arguments[AnonymizeCommand.sidecar]
        picturePath = arguments[AnonymizeCommand.picture]
        try Self.checkContradictions(arguments)
        let hasSheet = reports.contains { $0.fileExtension.lowercased() == "html" }
        analysis.anonymization.makesThumbnails = hasSheet
        if arguments[AnonymizeCommand.reportOriginals] {
            guard hasSheet else {
                throw UsageError("--report-originals is for the sheet to check: add --report FILE.html.")
            }
            analysis.anonymization.makesOriginalThumbnails = true
        }
    }

    /// Reads the files that the options name, once it is known that no output would overwrite one of them.
    ///
    /// - Throws: ``CommandFailure`` that names the file.
    mutating func readFiles() throws {
        if let picturePath {
            analysis.anonymization.cover.style = .picture(try Self.picture(picturePath))
        }
        if let sidecarPath { sidecar = try Self.sidecar(sidecarPath) }
    }

    private static func checkContradictions(_ arguments: ParsedArguments) throws(UsageError) {
        let style = arguments[AnalysisParameters.coverStyleFromFile]
        let given = { (name: String) in arguments.place(of: name) != nil }
        if let style, style != "solid", given("color") {
            throw UsageError("--color is for --style solid, got --style \(style).")
        }
        if given("picture"), given("color") {
            throw UsageError("--picture and --color are two styles; give one of them.")
        }
        if let style, style != "picture", given("picture") {
            throw UsageError("--picture is for --style picture, got --style \(style).")
        }
        if style == "picture", !given("picture") {
            throw UsageError("--style picture needs --picture FILE, the picture that covers faces.")
        }
        for (one, other) in [("strict", "lenient"), ("keep-largest", "only-background")]
        where given(one) && given(other) {
            throw UsageError(
                arguments.inPlace(
                    "\(arguments.spelling(of: one)) and \(arguments.spelling(of: other)) contradict each other; give one of "
                        + "them.",
                    of: one
                )
            )
        }
    }

    /// The picture that covers faces.
    private static func picture(_ path: FilePath) throws -> ImageBuffer {
        do {
            let contents = try FileSystem.contents(of: path, limit: mostPictureBytes)
            guard let bytes = contents.bytes else {
                throw CommandFailure(.badInput, "\(path): more than \(mostPictureBytes) bytes.")
            }
            return try ImageDecoder.decode(bytes).image
        } catch let error as SystemError {
            throw CommandFailure(.noInput, "\(path): \(error.reason).")
        } catch let error as ImageError {
            throw CommandFailure(.badInput, "\(path): \(error.message)")
        }
    }

    /// The sidecar; an empty one where there is no file yet.
    private static func sidecar(_ path: FilePath) throws(CommandFailure) -> Sidecar {
        let contents: FileContents
        do throws(SystemError) {
            contents = try FileSystem.contents(of: path, limit: Sidecar.byteLimit)
        } catch {
            if error.code == ENOENT { return Sidecar() }
            throw CommandFailure(.noInput, "\(path): \(error.reason).")
        }
        guard let bytes = contents.bytes else {
            throw CommandFailure(.badInput, "\(path): more than \(Sidecar.byteLimit) bytes.")
        }
        do throws(PrivacyError) {
            return try Sidecar(json: bytes)
        } catch {
            throw CommandFailure(.badInput, "\(path): \(error.message)")
        }
    }
}
