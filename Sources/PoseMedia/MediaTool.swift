// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// The programs that do the work.
enum MediaTool: String {
    case ffmpeg, ffprobe

    /// How glibc keeps memory: an encoder takes each picture's anew, and the system would clear it each time.
    ///
    /// Encoding 230 frames of 1080p took 3.32 s of processor time for 3.58. 32 MiB are the most that the library takes for the first.
    private static let memory = [
        (name: "MALLOC_MMAP_THRESHOLD_", value: "\(32 << 20)"),
        (name: "MALLOC_TRIM_THRESHOLD_", value: "\(256 << 20)"),
    ]

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
            return try ChildProcess(program, arguments, variables: Self.memory, pipes: pipes)
        } catch {
            throw MediaError(
                .unreadable,
                "The program '\(program)' could not be started: \(error).",
                cause: error
            )
        }
    }
}

extension Duration {
    /// The time as ffmpeg's options take it, in whole microseconds.
    var ffmpegArgument: String { "\(Int((self / .microseconds(1)).rounded()))us" }
}

extension [FilePath] {
    /// Arguments whose words are all known here.
    init(_ words: String...) {
        self = words.map { FilePath($0) }
    }
}
