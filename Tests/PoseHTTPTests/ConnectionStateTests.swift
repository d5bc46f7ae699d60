// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import Testing

/// The phases of a connection, without any socket.
@Suite struct ConnectionStateTests {
    private let start = ContinuousClock.now
    private let limits = {
        var limits = HTTPServerLimits()
        limits.patience = .seconds(10)
        limits.minimumBytesPerSecond = 1000
        return limits
    }()

    private func isOverdue(
        _ events: [ConnectionState.Event],
        after seconds: Int,
        isDraining: Bool = false,
        hasEnded: Bool = false
    ) -> Bool {
        var state = ConnectionState(now: start)
        for event in events { state.apply(event, now: start) }
        if hasEnded { state.end(now: start) }
        return state.isOverdue(limits, isDraining: isDraining, now: start + .seconds(seconds))
    }

    @Test func phasesFollowTheDiagram() {
        var state = ConnectionState(now: start)
        #expect(state.phase == .awaitingRequest)
        let steps: [(ConnectionState.Event, ConnectionState.Phase)] = [
            (.received(byteCount: 0), .receiving), (.received(byteCount: 10), .receiving),
            (.answering, .answering),
            (.sending(byteCount: 5), .sending), (.sent, .awaitingRequest),
            (.received(byteCount: 0), .receiving),
            (.answering, .answering), (.streaming, .streaming), (.sent, .awaitingRequest),
            (.answering, .answering),
            (.sending(byteCount: 0), .sending), (.upgraded, .upgraded),
        ]
        for (event, phase) in steps {
            state.apply(event, now: start)
            #expect(state.phase == phase)
        }
    }

    @Test func everyPhaseHasItsTime() {
        #expect(!isOverdue([], after: 9))
        #expect(isOverdue([], after: 11))
        #expect(isOverdue([], after: 0, isDraining: true))
        #expect(isOverdue([.received(byteCount: 0)], after: 11))
        // 5000 bytes may take five seconds more, however they are spread.
        let received: [ConnectionState.Event] = [.received(byteCount: 0), .received(byteCount: 5000)]
        #expect(!isOverdue(received, after: 14))
        #expect(isOverdue(received, after: 16))
        #expect(!isOverdue([.answering], after: 1000))
        #expect(!isOverdue([.sending(byteCount: 5000)], after: 14))
        #expect(isOverdue([.sending(byteCount: 5000)], after: 16))
        #expect(!isOverdue([.streaming], after: 1000))
        #expect(!isOverdue([.upgraded], after: 1000, isDraining: true))
    }

    @Test func whatAClientSentBeforeItEndedHasASecond() {
        #expect(!isOverdue([.received(byteCount: 10)], after: 1, hasEnded: true))
        #expect(isOverdue([.received(byteCount: 10)], after: 2, hasEnded: true))
        #expect(!isOverdue([.sending(byteCount: 0)], after: 9, hasEnded: true))
    }

    @Test func onlyAResetMattersAfterAnEnd() {
        var state = ConnectionState(now: start)
        #expect(state.watchedEvents == ConnectionState.hangUp)
        state.apply(.answering, now: start)
        #expect(state.watchedEvents == ConnectionState.hangUp)
        state.end(now: start)
        #expect(state.watchedEvents == 0)
        state.apply(.sending(byteCount: 1), now: start)
        #expect(state.watchedEvents == nil)
        state.apply(.sent, now: start)
        #expect(state.watchedEvents == nil)
    }
}
