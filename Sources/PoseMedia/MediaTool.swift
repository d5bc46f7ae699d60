// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// The programs that do the work.
enum MediaTool: String {
    case ffmpeg, ffprobe

    /// Starts the program.
    ///
    /// - Throws: ``MediaError`` `.toolMissing`, or `.unreadable` when the system starts no process.
    func start(_ arguments: [FilePath], pipes: [CInt: ChildProcess.Pipe]) throws(MediaError) -> ChildProcess {
        guard let program = ProgramSearch.find(rawValue) else {
            throw MediaError(
                .toolMissing,
                "The program \(rawValue), which reads and writes videos, is not on PATH. Install it: "
                    + "apt-get install ffmpeg"
            )
        }
        do throws(SystemError) {
            return try ChildProcess(program, arguments, pipes: pipes)
        } catch {
            throw MediaError(
                .unreadable,
                "The program '\(program)' could not be started: \(error).",
                cause: error
            )
        }
    }
}

extension [FilePath] {
    /// Arguments whose words are all known here.
    init(_ words: String...) {
        self = words.map { FilePath($0) }
    }
}
