// SPDX-License-Identifier: Apache-2.0

import Dispatch
import PoseAnalysis
import PoseEstimation
import PoseHTTP
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

    static let stopNotice = Option<Float>(
        "stop-notice",
        "SECONDS",
        .number(0...3600),
        default: "1",
        help: "After SIGTERM, take requests for so long while /readyz already says 503"
    )

    static let log = Option<RequestLog.Format>(
        "log",
        "FORMAT",
        .oneOf,
        default: "text",
        help: "How lines of the log on standard error look: text, or json (an object each)"
    )

    static let tokenFile = Option<FilePath>(
        "token-file",
        "FILE",
        .file,
        help: "Ask for one of the tokens in FILE, one a line ('Authorization: Bearer TOKEN')"
    )

    static let cors = Option<String>(
        "cors",
        "ORIGIN",
        ValueSyntax(
            allowed: "a site such as https://example.org, null (pages opened as files) or * (all)",
            completion: .nothing,
            schema: .text,
            parse: CrossOrigin.origin
        ),
        isRepeatable: true,
        help: "Let pages of ORIGIN use the interface from a browser; can be given several times"
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
            maxUpload.specification, maxStreams.specification, tokenFile.specification, cors.specification,
            log.specification, stopNotice.specification, SharedOptions.modelsDirectory.specification,
        ] + ConnectionOptions.specifications
            + AnalysisParameters.parameters(for: .serve).map { OptionSpecification($0) },
        examples: [
            ("pose serve", "Open http://127.0.0.1:5000 and drop a photo."),
            ("pose serve --host 0.0.0.0 --port 8080", "Let other machines in."),
            (
                "pose serve --host 0.0.0.0 --tls self-signed",
                "Let a phone's camera in, which browsers give to HTTPS only."
            ),
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
        service.logFormat = arguments[log] ?? service.logFormat
        service.allowedOrigins = Set(arguments.all(cors))
        service.tokens = try arguments[tokenFile].map(tokens)
        var runner = ServerRunner(service: service)
        runner.host = arguments[host] ?? runner.host
        runner.port = arguments[port].map(UInt16.init) ?? runner.port
        runner.notice = arguments[stopNotice].map { .seconds(Double($0)) } ?? runner.notice
        try ConnectionOptions.apply(arguments, to: &runner)
        try wait(for: runner)
        return .success
    }

    /// Reads the tokens, none of which is ever told.
    private static func tokens(_ path: FilePath) throws -> BearerTokens {
        let contents: FileContents
        do {
            contents = try FileSystem.contents(of: path, limit: 1 << 20)
        } catch {
            throw CommandFailure(.noInput, "--token-file: \(path) cannot be read: \(error).")
        }
        do throws(BearerTokens.Problem) {
            return try BearerTokens(String(decoding: contents.bytes ?? [], as: UTF8.self))
        } catch {
            let line = error.line > 0 ? ":\(error.line)" : ""
            throw CommandFailure(.badInput, "--token-file: \(path)\(line): \(error.message)")
        }
    }

    /// The one place where a thread waits for asynchronous work: the main thread, outside of all tasks.
    private static func wait(for runner: ServerRunner) throws {
        let outcome = Outcome()
        let ended = DispatchSemaphore(value: 0)
        Task.detached {
            do {
                try await runner.run { url in ConnectionOptions.announce(url, of: runner) }
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
