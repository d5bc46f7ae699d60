// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseHTTP
import PoseLanguage
import PoseSystem
import Synchronization

/// One client's WebSocket: frames in, documents out.
final class LiveConnection: Sendable {
    private struct State {
        /// Binary messages so far.
        var frameCount = 0
        /// Frames without an answer so far.
        var droppedCount = 0
        var lastFrame: ContinuousClock.Instant
    }

    private let socket: WebSocket
    private let stream: LiveStream
    private let format: ResultFormat
    private let formats: Set<ImageFormat>?
    private let idle: Duration
    private let budget: MemoryBudget
    private let log: ServiceLog
    private let metrics: ServiceMetrics
    /// What the handshake likes best.
    private let language: Language
    private let start: ContinuousClock.Instant
    private let state: Mutex<State>
    private let additions: Mutex<RecordAdditions>

    init(
        _ socket: WebSocket,
        stream: LiveStream,
        settings: AnalysisSettings,
        idle: Duration,
        budget: MemoryBudget,
        log: ServiceLog,
        metrics: ServiceMetrics
    ) {
        self.socket = socket
        self.stream = stream
        format = settings.format
        formats = settings.pictureFormats
        additions = Mutex(RecordAdditions(settings))
        self.idle = idle
        self.budget = budget
        self.log = log
        self.metrics = metrics
        language = Language(acceptLanguage: socket.request.headers["accept-language"] ?? "")
        start = .now
        state = Mutex(State(lastFrame: start))
    }

    /// Serves the client until one side closes.
    func run() async {
        await withTaskGroup { group in
            group.addTask { await self.closeWhenIdle() }
            for await message in socket.messages {
                switch message {
                case .binary(let bytes): take(bytes)
                case .text(let text): obey(text)
                }
            }
            group.cancelAll()
        }
        stream.end(ServiceFault(.cancelled))
    }

    private func closeWhenIdle() async {
        while true {
            let due = state.withLock { $0.lastFrame } + idle
            if due <= .now { break }
            do { try await Task.sleep(until: due, clock: .continuous) } catch { return }
        }
        socket.close(.goingAway, reason: "no frame for \(fixed(idle / .seconds(1), decimals: 0)) seconds")
    }

    // MARK: - What comes in

    private func take(_ message: [UInt8]) {
        let now = ContinuousClock.now
        let index = state.withLock { state in
            state.lastFrame = now
            defer { state.frameCount += 1 }
            return state.frameCount
        }
        do throws(ServiceFault) {
            let frame = try FrameMessage(message, formats: formats)
            guard let reservation = budget.reserve(frame.picture.count) else {
                throw ServiceFault(
                    503,
                    "out_of_memory",
                    "Other pictures hold the memory. Send on in a moment."
                )
            }
            stream.offer(
                LiveFrame(
                    index: index,
                    time: frame.time ?? now - start,
                    bytes: frame.picture,
                    reservation: reservation
                ) { [self] in answer(index, $0) }
            )
        } catch {
            send(error, index)
        }
    }

    private func obey(_ text: String) {
        let message = try? JSONReader.read(Array(text.utf8))
        if case .string("reset") = message?["type"]?.content {
            additions.withLock { $0.reset() }
            return stream.reset()
        }
        send(
            ServiceFault(
                400,
                "unknown_message",
                "A text message must be {\"type\":\"reset\"}; frames are binary messages."
            )
        )
    }

    // MARK: - What goes out

    /// Called on a worker's thread, so that the answer is written without another change of threads.
    private func answer(_ index: Int, _ result: Result<PoseDocument, ServiceFault>) {
        switch result {
        case .success(let document): send(encoded(document))
        case .failure(let fault) where fault.code == ServiceFault.superseded.code: drop()
        case .failure(let fault): send(fault, index)
        }
    }

    private func encoded(_ document: PoseDocument) -> [UInt8] {
        guard format == .pose else { return document.encoded(as: format) }
        let dropped = state.withLock { $0.droppedCount }
        return additions.withLock { additions in
            additions.json(of: document, adding: { $0.member("dropped", dropped) })
        }
    }

    private func send(_ fault: ServiceFault, _ index: Int? = nil) {
        log.write(fault, of: socket.request)
        metrics.count(fault)
        var writer = JSONWriter()
        writer.object { message in
            message.member("error") { error in
                error.member("code", fault.code)
                error.member("message", language.translated(fault.message))
            }
            if let index { message.member("frame", index) }
        }
        send(writer.bytes)
    }

    /// An answer for which there is no room is too late anyway.
    private func send(_ text: [UInt8]) {
        if socket.sendIfRoom(.text(String(decoding: text, as: UTF8.self))) { return }
        drop()
        metrics.countDroppedFrame()
    }

    private func drop() { state.withLock { $0.droppedCount += 1 } }
}
