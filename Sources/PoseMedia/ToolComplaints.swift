// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// What a tool wrote to standard error, as our messages quote it.
struct ToolComplaints {
    let source: MediaSource
    /// The lines, without the names of parts of ffmpeg in front and without passwords.
    let lines: [String]

    init(_ text: String, source: MediaSource) {
        self.source = source
        lines = text.split(whereSeparator: { $0 == "\n" || $0 == "\r" }).compactMap { line in
            let line = Self.withoutPrefix(Self.masked(line, source))
            return line.isEmpty || Self.meaningless.contains { line.hasPrefix($0) }
                ? nil : TerminalText.harmless(line)
        }
    }

    /// What says nothing of the source: the second is about our own output of pixels, where times repeat or go back.
    private static let meaningless = [
        "Last message repeated", "Application provided invalid, non monotonically increasing dts to muxer",
    ]

    /// `[mov,mp4 @ 0x5581c0] text` without what stands in brackets, more than once.
    private static func withoutPrefix(_ line: String) -> String {
        var rest = Substring(line).drop { $0 == " " }
        while rest.first == "[", let end = rest.firstIndex(of: "]") {
            rest = rest[rest.index(after: end)...].drop { $0 == " " }
        }
        return String(rest)
    }

    /// The line without what an address keeps secret.
    private static func masked(_ line: Substring, _ source: MediaSource) -> String {
        guard case .stream(let url) = source.kind else { return String(line) }
        return line.split(separator: " ", omittingEmptySubsequences: false).map { word in
            word.contains("://") ? StreamAddress.masked(String(word)) : String(word)
        }.joined(separator: " ").replacing(url, with: StreamAddress.masked(url))
    }

    /// The last line, which says why a tool gave up; nothing when it said nothing.
    var reason: String? {
        // What follows of a name that nobody knows is an error of input or output.
        if let line = lines.first(where: { $0.hasPrefix("Failed to resolve hostname") }) { return line }
        guard var last = lines.last else { return nil }
        // `file:NAME: reason` repeats the name that the message has already.
        for prefix in ["file:\(source): ", "\(source): ", "\(source)): "] where last.hasPrefix(prefix) {
            last.removeFirst(prefix.count)
        }
        return last
    }

    /// The first line and how many more there are, for a parenthesis; nothing when there is none.
    var parenthesis: String {
        guard let first = lines.first else { return "" }
        return lines.count > 1 ? " (ffmpeg: \(first); \(lines.count - 1) more)" : " (ffmpeg: \(first))"
    }

    private func mentions(_ texts: String...) -> Bool {
        lines.contains { line in texts.contains { line.contains($0) } }
    }

    /// Whether not everything was written, which ffmpeg's exit status may hide: it is 0 when only the index is missing.
    var tellOfLostOutput: Bool {
        mentions(
            "Error writing trailer",
            "No space left on device",
            "Error muxing",
            "av_interleaved_write_frame"
        )
    }

    /// What is said where a film is decoded in the plain way after these complaints; `nil` when that would not help.
    var reasonForPlainWay: String? {
        if mentions("Unknown decoder") {
            return
                "The transparent background of '\(source)' is not made black: this ffmpeg cannot decode it\(parenthesis). "
                + "Install one with libvpx."
        }
        // The second is what zscale's other failures are called.
        guard mentions("no path between colorspaces", "Generic error in an external library") else {
            return nil
        }
        return "The colours of '\(source)' are converted roughly\(parenthesis)."
    }

    /// Why a source cannot be read.
    var probeError: MediaError {
        let because = reason.map { ": \($0)" } ?? ""
        if mentions("not on whitelist") {
            return MediaError(
                .unsupported,
                "'\(source)' is of a kind that is not read as a video, such as a picture or a list that names "
                    + "other files."
            )
        }
        if source.isLive {
            if mentions("No such file or directory") {
                return MediaError(.notFound, "'\(source)' is not there. Is the camera plugged in?")
            }
            if mentions("Permission denied") {
                return MediaError(
                    .unreadable,
                    "'\(source)' may not be read by this user. Those of the group 'video' may, with most systems."
                )
            }
            return MediaError(.unreachable, "'\(source)' gives no video\(because).")
        }
        if mentions("moov atom not found"), case .file(let path) = source.kind, FileCheck.isQuickTime(path) {
            return MediaError(
                .damaged,
                "'\(source)' is cut short: its index, which stands at its end, is missing, and no frame can be "
                    + "found without. Copy it again, or repair it with the program that recorded it."
            )
        }
        return MediaError(.notVideo, "'\(source)' is not a video that can be read\(because).")
    }
}
