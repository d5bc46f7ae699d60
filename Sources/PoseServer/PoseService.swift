// SPDX-License-Identifier: Apache-2.0

package import PoseHTTP
public import PoseAnalysis
import PoseInference
public import PoseEstimation
import Synchronization

/// What the service is told at its start.
public struct PoseServiceConfiguration: Sendable {
    /// What requests get that ask for nothing else.
    public var defaults = AnalysisSettings()
    /// Threads in all; every core unless told.
    public var threadCount: Int?
    /// Most bytes of a request's body.
    public var maxUploadBytes: Int = 20_000_000
    /// Where the models are.
    public var store = ModelStore()

    /// How long a request's picture may take.
    public static let timeLimit = Duration.seconds(30)

    /// Makes the default configuration.
    public init() {
        defaults.timeLimit = Self.timeLimit
    }
}

/// The whole service as a function from requests to responses; it knows no socket.
package final class PoseService: Sendable {
    private let configuration: PoseServiceConfiguration
    private let pool: WorkerPool<PhotoAnalyzer>
    private let router: Router
    private let isReady = Atomic(false)

    /// Makes the service with the real networks, which are loaded when they are first needed.
    ///
    /// - Parameters:
    ///   - configuration: what the service does.
    ///   - log: takes the lines of the log.
    package convenience init(
        _ configuration: PoseServiceConfiguration,
        log: @escaping @Sendable (String) -> Void
    ) {
        let models = ModelCache(store: configuration.store)
        self.init(configuration, log: log) { PhotoAnalyzer(models: models) }
    }

    /// Makes the service with other analyzers, one for each worker.
    package init(
        _ configuration: PoseServiceConfiguration,
        queueLimit: Int? = nil,
        log: @escaping @Sendable (String) -> Void,
        makeAnalyzer: @escaping @Sendable () -> PhotoAnalyzer
    ) {
        let workerCount = min(configuration.threadCount ?? ThreadPool.availableCoreCount, 64)
        let pool = WorkerPool(
            workerCount: workerCount,
            queueLimit: queueLimit ?? 64 * workerCount,
            makeWorker: makeAnalyzer
        )
        self.configuration = configuration
        self.pool = pool
        var router = Router()
        PageRoutes.add(to: &router)
        PoseRoutes(configuration: configuration, pool: pool, log: log).add(to: &router)
        router.on(.get, "/healthz") { _ in Self.state("ok") }
        self.router = router
    }

    deinit { pool.stop() }

    /// Answers a request.
    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        let isProbe = request.path == "/readyz" && (request.method == .get || request.method == .head)
        let response = isProbe ? readiness : await router.respond(to: request)
        return finish(response, to: request)
    }

    /// What every answer gets, also those that were made without ``respond(to:)``.
    package func finish(_ response: HTTPResponse, to request: HTTPRequest) -> HTTPResponse {
        var response = response
        if request.path == "/upload", response.status >= 400 { Self.addTutorialFields(to: &response) }
        return SecurityHeaders.added(to: response)
    }

    /// Loads the default model and runs it once; the service is ready afterwards.
    ///
    /// - Throws: ``PoseError`` when the model is missing or wrong; ``PoolRefusal`` when the pool is stopping.
    package func warmUp() async throws {
        let defaults = configuration.defaults
        let result = try await pool.run { context in
            Result { () throws(PoseError) in
                try context.worker.warmUp(defaults.complexity, threadCount: context.threadCount)
            }
        }
        try result.get()
        isReady.store(true, ordering: .relaxed)
    }

    private var readiness: HTTPResponse {
        if isReady.load(ordering: .relaxed) { return Self.state("ready") }
        return .error(503, "warming_up", "The models are being loaded.", headers: [("Retry-After", "1")])
    }

    private static func state(_ word: String) -> HTTPResponse {
        .json("{\"status\":\"\(word)\"}\n", headers: [("Cache-Control", "no-store")])
    }

    /// Adds what pages written for the tutorial's `/upload` look for: `status` and `message`.
    private static func addTutorialFields(to response: inout HTTPResponse) {
        guard let error = response.errorContent else { return }
        let message = JSONText.quoted(error.message)
        response.body = Array(
            ("{\"status\":\"error\",\"message\":\(message),"
                + "\"error\":{\"code\":\(JSONText.quoted(error.code)),\"message\":\(message)}}\n").utf8
        )
    }
}
