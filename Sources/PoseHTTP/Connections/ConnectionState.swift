// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// What a connection is doing, and until when it may.
///
///                 opened
///                    │
///                    ▼
///         ┌─► awaitingRequest ──bytes──► receiving ──whole──► answering ──head──► sending ────┐
///         │          ▲ │                    │                    │ │ │                        │
///         │          │ └───────whole────────┼────────────────────┘ │ └──head──► streaming ──┐ │
///         │          │                      └──refused──► sending  │                        │ │
///         │          └──────────────────────────sent────────────────────────────────────────┴─┘
///         │                                                        └──101──► upgraded
///      closed (from everywhere)
///
/// Every phase but `answering`, `streaming` and `upgraded` has a time by which it must end. In `answering` the handler's own
/// deadline counts, in `streaming` the library's timeout for a client that takes nothing, and what happens in `upgraded` is
/// another protocol's concern.
package struct ConnectionState {
    package enum Phase: Sendable, Equatable {
        case awaitingRequest, receiving, answering, sending, streaming, upgraded
    }

    /// What the server tells about a connection.
    package enum Event: Sendable, Equatable {
        /// Some of a request arrived; 0 bytes for its head.
        case received(byteCount: Int)
        /// The request is whole, or refused; its answer is being made.
        case answering
        /// The answer is being sent.
        case sending(byteCount: Int)
        /// The answer is being made and sent.
        case streaming
        /// The connection speaks another protocol.
        case upgraded
        /// The answer was sent.
        case sent
    }

    package private(set) var phase = Phase.awaitingRequest
    private(set) var since: ContinuousClock.Instant
    private var byteCount = 0
    /// Whether nothing of a request was taken yet.
    private(set) var isNew = true
    /// The client sends no more; it may still read.
    package private(set) var hasEnded = false

    package init(now: ContinuousClock.Instant) {
        since = now
    }

    /// Goes on to the next phase.
    package mutating func apply(_ event: Event, now: ContinuousClock.Instant) {
        switch event {
        case .received(let count) where phase == .receiving: byteCount += count
        case .received(let count): enter(.receiving, count, now)
        case .answering: enter(.answering, 0, now)
        case .sending(let count): enter(.sending, count, now)
        case .streaming: enter(.streaming, 0, now)
        case .upgraded: enter(.upgraded, 0, now)
        case .sent: enter(.awaitingRequest, 0, now)
        }
    }

    private mutating func enter(_ phase: Phase, _ byteCount: Int, _ now: ContinuousClock.Instant) {
        isNew = false
        self.phase = phase
        self.byteCount = byteCount
        since = now
    }

    /// The client sends no more.
    package mutating func end(now: ContinuousClock.Instant) {
        hasEnded = true
        // What was received before stays readable, for as long as it takes.
        if phase == .awaitingRequest || phase == .receiving { since = now }
    }

    /// What to look for on the socket; `nil` when nothing matters.
    ///
    /// A client that ended its direction can still be seen to go, but by a reset only.
    package var watchedEvents: Int16? {
        switch phase {
        case .answering, .streaming: hasEnded ? 0 : Self.hangUp
        case .awaitingRequest, .receiving: hasEnded ? nil : Self.hangUp
        case .sending, .upgraded: nil
        }
    }

    /// Linux's POLLRDHUP, hidden from Swift by a feature macro.
    package static let hangUp = Int16(0x2000)

    /// Whether the phase has lasted too long.
    package func isOverdue(_ limits: HTTPServerLimits, isDraining: Bool, now: ContinuousClock.Instant) -> Bool
    {
        let transfer = Duration.seconds(Double(byteCount) / Double(limits.minimumBytesPerSecond))
        // What a client sent before it ended has arrived, and needs reading only.
        let rest = min(.seconds(1), limits.patience)
        let patience = hasEnded ? rest : limits.patience + transfer
        return switch phase {
        case .awaitingRequest: isDraining || now - since > patience
        case .receiving: now - since > patience
        case .sending: now - since > limits.patience + transfer
        case .answering, .streaming, .upgraded: false
        }
    }
}
