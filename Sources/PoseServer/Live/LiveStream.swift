// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseImaging
import PoseSystem
import Synchronization

/// A frame that a client sent, and whoever waits for its document.
struct LiveFrame: Sendable {
    /// Which frame of its stream, from 0.
    var index: Int
    /// When it was taken.
    var time: Duration
    /// A whole file.
    var bytes: [UInt8]
    /// What the bytes hold of the memory budget.
    var reservation: MemoryReservation?
    /// Called once, on any thread, with what became of the frame.
    var answer: @Sendable (Result<PoseDocument, ServiceFault>) -> Void
}

/// One stream of frames: one is with a worker, the newest one waits, and what is remembered goes from one to the next.
///
/// ```
///    offer ──► waiting: newest frame ──► a worker of the pool ──► answer
///                  │ a newer one came          ▲     │
///                  ▼                           └─────┘ state of the stream
///              superseded
/// ```
///
/// A stream has one job in the pool at most, and a job does one frame: streams and photos take turns.
final class LiveStream: Sendable {
    private struct State {
        var analyzer: StreamAnalyzer
        var waiting: (frame: LiveFrame, epoch: Int)?
        /// How often the stream was begun anew, as of the newest frame and as of the analyzer.
        var epoch = 0
        var analyzerEpoch = 0
        /// The job in the pool and, once it has begun, its frame.
        var job: CancellationToken?
        var workingIndex: Int?
        var end: ServiceFault?
    }

    private let state: Mutex<State>
    private let pool: WorkerPool<PhotoAnalyzer>
    private let settings: AnalysisSettings
    private let metrics: ServiceMetrics

    init(settings: AnalysisSettings, pool: WorkerPool<PhotoAnalyzer>, metrics: ServiceMetrics) {
        var timed = settings
        timed.hasTiming = true
        state = Mutex(State(analyzer: StreamAnalyzer(source: "live", settings: timed)))
        self.pool = pool
        self.settings = settings
        self.metrics = metrics
    }

    /// Takes a frame; one that waited is answered with 409.
    func offer(_ frame: LiveFrame) {
        let (refused, fault, job) = state.withLock {
            state -> (LiveFrame?, ServiceFault, CancellationToken?) in
            if let end = state.end { return (frame, end, nil) }
            let older = state.waiting?.frame
            state.waiting = (frame, state.epoch)
            guard state.job == nil else { return (older, .superseded, nil) }
            return (older, .superseded, beginJob(&state))
        }
        if refused != nil, fault.code == ServiceFault.superseded.code { metrics.countDroppedFrame() }
        refused?.answer(.failure(fault))
        if let job { submit(job) }
    }

    /// Begins the stream anew with the next frame that is offered.
    func reset() { state.withLock { $0.epoch += 1 } }

    /// Gives a frame up for which nobody waits any more.
    func cancel(_ index: Int) {
        let frame = state.withLock { state -> LiveFrame? in
            if state.workingIndex == index { state.job?.cancel() }
            guard state.waiting?.frame.index == index else { return nil }
            defer { state.waiting = nil }
            return state.waiting?.frame
        }
        frame?.answer(.failure(ServiceFault(.cancelled)))
    }

    /// Takes no more frames, and gives up those that are there.
    ///
    /// - Parameter fault: what is answered from now on.
    func end(_ fault: ServiceFault) {
        let frame = state.withLock { state in
            state.end = fault
            state.job?.cancel()
            defer { state.waiting = nil }
            return state.waiting?.frame
        }
        frame?.answer(.failure(fault))
    }

    // MARK: - Jobs

    private func beginJob(_ state: inout State) -> CancellationToken {
        let token = CancellationToken(timeLimit: settings.timeLimit)
        state.job = token
        return token
    }

    private func submit(_ token: CancellationToken) {
        pool.submit(estimate: WorkEstimate(frameOf: settings), token: token) { [self] in
            work($0)
        } then: { [self] in
            goOn()
        } refuse: { [self] in
            refuse(ServiceFault($0))
        }
    }

    /// Does the frame that is the newest by now.
    private func work(_ context: WorkContext<PhotoAnalyzer>) {
        let begun = state.withLock { state -> (LiveFrame, StreamAnalyzer)? in
            guard let (frame, epoch) = state.waiting else { return nil }
            state.waiting = nil
            state.workingIndex = frame.index
            if epoch != state.analyzerEpoch {
                state.analyzer.reset()
                state.analyzerEpoch = epoch
            }
            return (frame, state.analyzer)
        }
        guard case (let frame, var analyzer)? = begun else { return }
        let result = Result { () throws(AnalysisError) in
            try analyzer.analyze(
                frame.bytes,
                as: PoseFrame(index: frame.index, time: frame.time),
                with: context.worker,
                threadCount: context.threadCount,
                cancellation: context.token
            )
        }
        let end = state.withLock { state in
            state.analyzer = analyzer
            state.workingIndex = nil
            return state.end
        }
        frame.answer(
            result.map(counted).mapError { end ?? ServiceFault($0, complexity: settings.complexity) }
        )
    }

    /// Counts a document, and leaves its times out where nobody asked for them.
    private func counted(_ document: PoseDocument) -> PoseDocument {
        metrics.count(document)
        var document = document
        if !settings.hasTiming { document.timing = nil }
        return document
    }

    /// Goes on with what came meanwhile, behind everything else that waits.
    private func goOn() {
        let job = state.withLock { state in
            state.job = nil
            return state.waiting == nil ? nil : beginJob(&state)
        }
        if let job { submit(job) }
    }

    private func refuse(_ fault: ServiceFault) {
        let frame = state.withLock { state in
            state.job = nil
            defer { state.waiting = nil }
            return state.waiting?.frame
        }
        frame?.answer(.failure(fault))
    }
}

extension ServiceFault {
    /// A frame that a newer one of the same stream took the place of.
    static let superseded = ServiceFault(
        409,
        "superseded",
        "A newer frame of the same stream came before this one's turn."
    )
}
