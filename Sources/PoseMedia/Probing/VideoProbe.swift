// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseSystem

/// Looks at a source with `ffprobe` before any frame is decoded.
enum VideoProbe {
    /// Asks for the facts of a source.
    ///
    /// - Throws: ``MediaError`` with the reason why it is no video that can be read.
    static func look(
        at source: MediaSource,
        _ input: InputArguments,
        timeout: Duration,
        cancellation: CancellationToken?
    ) throws(MediaError) -> StoredVideo {
        let arguments =
            [FilePath]("-v", "error", "-hide_banner", "-of", "flat", "-show_entries", StoredVideo.entries)
            + input.words
        let child = try MediaTool.ffprobe.start(arguments, pipes: [1: .fromChild])
        let text = try output(of: child, source: source, timeout: timeout, cancellation: cancellation)
        let ending = child.wait(atMost: .seconds(5)) ?? child.kill()
        let complaints = ToolComplaints(child.errorText(), source: source)
        guard ending == .exited(0) else { throw complaints.probeError }
        guard let video = StoredVideo(FlatText(text)) else {
            throw MediaError(.notVideo, "'\(source)' has no pictures; a video is expected.")
        }
        guard video.width > 0, video.height > 0, !video.pixelFormat.isEmpty else {
            throw MediaError(
                .damaged,
                "'\(source)' holds video of the kind \(video.codec) of which no frame can be decoded"
                    + "\(complaints.parenthesis)."
            )
        }
        return video
    }

    private static func output(
        of child: ChildProcess,
        source: MediaSource,
        timeout: Duration,
        cancellation: CancellationToken?
    ) throws(MediaError) -> String {
        let deadline = MonotonicClock.deadline(after: timeout)
        let pipe = child.pipe(1)
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            if let reason = cancellation?.reason { throw MediaError(reason) }
            guard MonotonicClock.now < deadline else {
                throw MediaError(
                    source.isLive ? .unreachable : .timedOut,
                    "'\(source)' was not understood within \(seconds(timeout)) s. "
                        + (source.isLive
                            ? "Is it reachable, and does it send video?" : "Is its disk all right?")
                )
            }
            guard PipeEnd.wait(for: [pipe.number], atMost: .milliseconds(50))[0] else { continue }
            let count = unsafe part.withUnsafeMutableBytes { unsafe (try? pipe.read(into: $0)) ?? 0 }
            // A megabyte is a thousand streams; a file that claims more is not read to its end.
            guard count > 0, bytes.count < 1 << 20 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += part[..<count]
        }
    }
}

extension MediaError {
    /// Work that was given up.
    init(_ reason: CancellationToken.Reason) {
        self =
            reason == .timedOut
            ? MediaError(.timedOut, "The video took longer than the time limit.", cause: reason)
            : MediaError(.cancelled, "The work was cancelled.", cause: reason)
    }
}

/// A time in seconds with up to three decimals, without zeros at the end: `7.7`; whatever is longer than 30,000 years is that.
package func seconds(_ duration: Duration) -> String {
    let milliseconds = Int(min(max(-1e15, (duration / .milliseconds(1)).rounded()), 1e15))
    let sign = milliseconds < 0 ? "-" : ""
    let (whole, rest) = abs(milliseconds).quotientAndRemainder(dividingBy: 1000)
    var decimals = String(1000 + rest).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    return decimals.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(decimals)"
}
