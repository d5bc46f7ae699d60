// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport

/// Clips that a test's camera shows, made by `ffmpeg` of a picture of a person.
enum Clips {
    /// What a clip shows.
    enum Content {
        /// A person who moves from side to side of a blue picture of 640 × 480, once in six seconds.
        case moving
        /// A person who stands still in the middle.
        case still
        /// Two people side by side, who stand still.
        case pair

        /// What `ffmpeg` makes of the streams `back` and `person`.
        fileprivate var filter: String {
            switch self {
            case .moving: "[back][person]overlay=x='170+160*sin(2*PI*t/6)':y=150:shortest=1"
            case .still: "[back][person]overlay=x=170:y=150:shortest=1"
            case .pair:
                "[person]split[one][two];[two]hflip[other];[back][one]overlay=x=10:y=150:shortest=1[half];"
                    + "[half][other]overlay=x=330:y=150:shortest=1"
            }
        }
    }

    /// Makes a clip, lends it, and removes it.
    static func with<R>(_ content: Content, _ body: (URL) async throws -> R) async throws -> R {
        let file = FileManager.default.temporaryDirectory.appending(
            path: "pose-clip-\(UUID().uuidString).mjpeg"
        )
        defer { try? FileManager.default.removeItem(at: file) }
        let picture = try Media.file("astronaut.png")
        let frames = "color=c=0x2040c0:s=640x480:r=25[back];[0:v]scale=300:300[person];"
        try await run([
            "-v", "error", "-loop", "1", "-framerate", "25", "-i", picture.path(percentEncoded: false),
            "-filter_complex", frames + content.filter,
            "-t", "6", "-q:v", "3", file.path(percentEncoded: false),
        ])
        return try await body(file)
    }

    /// Runs `ffmpeg` to its end.
    static func run(_ arguments: [String]) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["ffmpeg", "-nostdin", "-y"] + arguments
        try await process.runToEnd()
        guard process.terminationStatus == 0 else {
            throw BrowserError("ffmpeg ended with \(process.terminationStatus): \(arguments)")
        }
    }
}
