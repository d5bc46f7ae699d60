// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseSystem

/// Photos one after the other, recorded as a trace: what each thread did and when.
///
/// The file is in Chrome's trace event format, which chrome://tracing, Perfetto and speedscope open:
/// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
struct PhotoTrace {
    var photo: Photo
    var settings: AnalysisSettings
    var models: ModelCache
    var threadCount: Int
    var passes: Int
    /// Time between two passes, as between a user's photos.
    var pause: Duration

    /// Analyses the photo and returns the trace as a file.
    ///
    /// - Throws: ``CommandFailure`` for a photo that cannot be read or analysed.
    func record() throws -> [UInt8] {
        let analyzer = PhotoAnalyzer(models: models, threadCount: threadCount)
        let bytes = try photo.read(limit: settings.maxFileByteCount)
        for _ in 0..<max(1, passes / 10) { try pass(bytes, analyzer) }
        WorkTrace.begin()
        for pass in 0..<passes {
            if pass > 0 { MonotonicClock.sleep(for: pause) }
            try WorkTrace.span("photo") { try self.pass(bytes, analyzer) }
        }
        return Self.file(WorkTrace.end())
    }

    private func pass(_ bytes: [UInt8], _ analyzer: PhotoAnalyzer) throws {
        do throws(AnalysisError) {
            _ = try analyzer.analyze(bytes, source: photo.path.text, settings: settings)
        } catch {
            throw CommandFailure(error, photo: photo.path)
        }
    }

    /// Complete events, in microseconds from the first one's start.
    private static func file(_ spans: [WorkTrace.Span]) -> [UInt8] {
        let origin = spans.map(\.start).min() ?? 0
        let threads = Set(spans.map(\.thread)).sorted()
        // The thread that analyses comes first.
        let caller = spans.first { $0.name == "photo" }?.thread
        var writer = JSONWriter(capacity: spans.count * 100)
        writer.object { trace in
            trace.member("displayTimeUnit", "ms")
            trace.key("traceEvents")
            trace.array { events in
                for thread in threads {
                    events.object { event in
                        event.member("ph", "M")
                        event.member("name", "thread_name")
                        event.member("pid", 1)
                        event.member("tid", Int(thread))
                        event.member("args") { $0.member("name", thread == caller ? "caller" : "helper") }
                    }
                }
                for span in spans {
                    events.object { event in
                        event.member("ph", "X")
                        event.member("name", span.name)
                        event.member("pid", 1)
                        event.member("tid", Int(span.thread))
                        event.member("ts", Double(span.start - origin) / 1000)
                        event.member("dur", Double(span.end - span.start) / 1000)
                    }
                }
            }
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}
