// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import Synchronization

/// A stream whose frames come in requests of their own.
final class Session: Sendable {
    let stream: LiveStream
    let format: ResultFormat
    let start = ContinuousClock.now
    private let place: StreamPlaces.Place
    private let frameCount = Atomic(0)
    private let additions: Mutex<RecordAdditions>

    init(stream: LiveStream, settings: AnalysisSettings, place: StreamPlaces.Place) {
        self.stream = stream
        format = settings.format
        additions = Mutex(RecordAdditions(settings))
        self.place = place
    }

    /// The answer to a frame.
    func encoded(_ document: PoseDocument) -> [UInt8] {
        guard format == .pose else { return document.encoded(as: format) }
        return additions.withLock { $0.json(of: document) }
    }

    /// The number of the next frame.
    func nextIndex() -> Int { frameCount.wrappingAdd(1, ordering: .relaxed).oldValue }
}

/// The sessions that clients began, by their random names.
///
/// One that gets no frame for a while is over. That is seen to whenever sessions are asked for, so no timer runs.
final class Sessions: Sendable {
    private struct Entry {
        var session: Session
        var lastUse: ContinuousClock.Instant
        /// Frames that are being answered.
        var useCount = 0
    }

    let idle: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private let entries = Mutex<[String: Entry]>([:])

    init(_ limits: LiveLimits) {
        idle = limits.idle
        now = limits.now
    }

    /// Adds a session.
    ///
    /// - Returns: its name: 32 hexadecimal digits that nobody can guess.
    func add(_ session: Session) -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = [generator.next(), generator.next()].map { (part: UInt64) in
            let text = String(part, radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }
        let id = digits.joined()
        entries.withLock { $0[id] = Entry(session: session, lastUse: now()) }
        return id
    }

    /// Uses a session, which does not end meanwhile by itself.
    ///
    /// - Throws: 404 when there is none of this name any more; what the body throws.
    func use<R>(
        _ id: String,
        _ body: (Session) async throws(ServiceFault) -> R
    ) async throws(ServiceFault) -> R {
        expire()
        let session = entries.withLock { entries in
            entries[id]?.useCount += 1
            return entries[id]?.session
        }
        guard let session else { throw unknown }
        defer {
            entries.withLock { entries in
                entries[id]?.useCount -= 1
                entries[id]?.lastUse = now()
            }
        }
        return try await body(session)
    }

    /// Ends a session.
    ///
    /// - Throws: 404 when there is none of this name any more.
    func remove(_ id: String) throws(ServiceFault) {
        expire()
        guard let entry = entries.withLock({ $0.removeValue(forKey: id) }) else { throw unknown }
        entry.session.stream.end(unknown)
    }

    /// Lets go of sessions that got no frame for too long.
    func expire() {
        let earliest = now() - idle
        entries.withLock { entries in
            entries = entries.filter { $0.value.useCount > 0 || $0.value.lastUse > earliest }
        }
    }

    private var unknown: ServiceFault {
        ServiceFault(
            404,
            "unknown_session",
            "There is no session of this id: it was never begun, was ended, or got no frame for "
                + "\(fixed(idle / .seconds(1), decimals: 0)) seconds. Begin one with POST /v1/sessions."
        )
    }
}
