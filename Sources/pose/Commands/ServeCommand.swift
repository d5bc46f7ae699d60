// SPDX-License-Identifier: Apache-2.0

import Dispatch
import PoseAnalysis
import PoseEstimation
import PoseServer
import PoseSystem
import Synchronization

/// `pose serve`: the HTTP service with its page.
enum ServeCommand: Command {
    static let host = Option<String>(
        "host",
        "ADDRESS",
        .text("an address"),
        default: "127.0.0.1",
        help: "The address to listen on; 0.0.0.0 lets other machines in"
    )
    static let port = Option<Int>(
        "port",
        short: "p",
        "N",
        .integer(0...65_535),
        default: "5000",
        help: "The port to listen on, 0…65535; 0 takes a free one"
    )
    static let maxUpload = Option<Int>(
        "max-upload",
        "SIZE",
        .quantity(1000...2_000_000_000, unit: "B", example: "20MB"),
        default: "20MB",
        help: "Refuse uploads with more bytes"
    )

    static let maxStreams = Option<Int>(
        "max-streams",
        "N",
        .integer(0...256),
        default: "16",
        help: "Follow up to N live streams at a time, 0…256"
    )

    static let specification = CommandSpecification(
        name: "serve",
        summary: "Serve a page and an HTTP interface",
        discussion: [
            "Runs until it is interrupted (Ctrl-C or SIGTERM), then answers what was begun. By default only "
                + "this machine can reach it. Nothing that is uploaded is kept."
        ],
        options: [
            host.specification, port.specification, SharedOptions.threads.specification,
            maxUpload.specification, maxStreams.specification, SharedOptions.modelsDirectory.specification,
        ] + AnalysisParameters.parameters(for: .serve).map { OptionSpecification($0) },
        examples: [
            ("pose serve", "Open http://127.0.0.1:5000 and drop a photo."),
            ("pose serve --host 0.0.0.0 --port 8080", "Let other machines in."),
            (
                "curl --data-binary @me.jpg -H 'Content-Type: image/jpeg' http://127.0.0.1:5000/v1/pose",
                "Ask it from a program."
            ),
        ]
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        var service = PoseServiceConfiguration()
        try arguments.apply(AnalysisParameters.parameters(for: .serve), to: &service.defaults)
        service.threadCount = arguments[SharedOptions.threads]
        service.maxUploadBytes = arguments[maxUpload] ?? service.maxUploadBytes
        service.maxStreams = arguments[maxStreams] ?? service.maxStreams
        service.store = arguments.modelStore
        var runner = ServerRunner(service: service)
        runner.host = arguments[host] ?? runner.host
        runner.port = arguments[port].map(UInt16.init) ?? runner.port
        try wait(for: runner)
        return .success
    }

    /// The one place where a thread waits for asynchronous work: the main thread, outside of all tasks.
    private static func wait(for runner: ServerRunner) throws {
        let outcome = Outcome()
        let ended = DispatchSemaphore(value: 0)
        Task.detached {
            do {
                try await runner.run { url in
                    try? StandardOutput.say("Listening on \(url) (Ctrl-C ends it)")
                }
            } catch {
                outcome.failure.withLock { $0 = error }
            }
            ended.signal()
        }
        ended.wait()
        guard let failure = outcome.failure.withLock({ $0 }) else { return }
        if let failure = failure as? PoseError { throw failure }
        throw CommandFailure(.unavailable, "\(failure)")
    }

    private final class Outcome: Sendable {
        let failure = Mutex<(any Error)?>(nil)
    }
}
