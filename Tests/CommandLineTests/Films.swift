// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

extension TestProgram {
    /// Links the clip of somebody who jumps: 230 frames of 1768 × 994 pixels at 30 a second.
    func placeDemo(as name: String = "demo.mp4") throws {
        try FileManager.default.createSymbolicLink(
            at: directory.appending(path: name),
            withDestinationURL: try Media.file("demo.mp4")
        )
    }

    /// Makes a film of somebody who moves through the picture.
    ///
    /// - Parameters:
    ///   - name: the file.
    ///   - frameCount: at ten a second.
    ///   - sound: whether it has a tone.
    /// - Throws: what a requirement throws when ffmpeg does not make it.
    func makeFilm(_ name: String, frameCount: Int, sound: Bool = false) async throws {
        try place("astronaut.png", as: ".still.png")
        let tone = sound ? "-f lavfi -i sine=frequency=440:duration=\(Double(frameCount) / 10)" : ""
        let made = try await shell(
            """
            ffmpeg -v error -nostdin -y -loop 1 -framerate 10 -i .still.png \(tone) -frames:v \(frameCount) \
            -vf 'crop=480:400:min(32\\,t*16):t*16,format=yuv420p' -c:v libx264 -preset ultrafast '\(name)' \
            && rm .still.png
            """
        )
        try #require(made.code == 0, "\(made.errors)")
    }

    /// What ffprobe says of the frames of a film's first stream of a kind.
    func frameCount(of name: String, stream: String = "v:0") async throws -> Int? {
        let run = try await shell(
            "ffprobe -v error -count_packets -select_streams \(stream) "
                + "-show_entries stream=nb_read_packets -of csv=p=0 '\(name)'"
        )
        return run.lines.first.flatMap { Int($0.filter(\.isNumber)) }
    }

    /// One frame of a film.
    func frame(_ index: Int, of name: String) async throws -> ImageBuffer {
        let run = try await shell(
            "ffmpeg -v error -nostdin -i '\(name)' -vf 'select=eq(n\\,\(index))' -frames:v 1 -c:v png -f image2pipe -"
        )
        return try ImageDecoder.decode([UInt8](run.output)).image
    }
}
