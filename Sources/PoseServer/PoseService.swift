// SPDX-License-Identifier: Apache-2.0

package import PoseHTTP
public import PoseAnalysis
import PoseInference
package import PoseSystem
public import PoseEstimation

/// What the service is told at its start.
public struct PoseServiceConfiguration: Sendable {
    /// What requests get that ask for nothing else.
    public var defaults = AnalysisSettings()
    /// Threads in all; every core unless told.
    public var threadCount: Int?
    /// Most bytes of a request's body.
    public var maxUploadBytes: Int = 20_000_000
    /// Bytes that bodies, pictures, masks, answers and further networks of all requests may hold together.
    ///
    /// With what the process itself holds, on two cores about 120 MB at the worst moment, no more than 600 MiB.
    package var budget = MemoryBudget(byteCount: 500_000_000)
    /// Most streams at a time, WebSockets and sessions together.
    public var maxStreams = 16
    /// What each stream may cost.
    package var live = LiveLimits()
    /// Where the models are.
    public var store = ModelStore()
    /// Who may use the service; everybody where there are none.
    package var tokens: BearerTokens?
    /// Sites whose pages may use the service from a browser, as ``CrossOrigin/origin(_:)`` spells them.
    package var allowedOrigins: Set<String> = []
    /// How lines of the log look.
    package var logFormat = RequestLog.Format.text
    /// Whether clients reach the service over TLS.
    package var isEncrypted = false

    /// Most bytes of a stream's frame.
    var frameByteCount: Int { min(maxUploadBytes, live.frameByteCount) }

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
    /// The service as a server takes it.
    package let application: HTTPApplication
    private let readiness: Readiness

    /// Milliseconds of work that may wait for each worker: a third of the time that a request may take, so that what is let in
    /// is answered.
    private static let waitingMilliseconds = 10_000.0
    /// How long a worker is idle before memory is given back, which costs the next request some milliseconds.
    private static let restDelay = Duration.seconds(10)

    /// Makes the service with the real networks, which are loaded when they are first needed.
    ///
    /// - Parameters:
    ///   - configuration: what the service does.
    ///   - requestLog: writes a line for each request.
    ///   - browserGuard: refuses what foreign pages send.
    ///   - log: takes the lines of the log.
    package convenience init(
        _ configuration: PoseServiceConfiguration,
        requestLog: RequestLog? = nil,
        browserGuard: BrowserGuard? = nil,
        log: @escaping @Sendable (String) -> Void
    ) {
        let models = ModelCache(store: configuration.store)
        self.init(
            configuration,
            requestLog: requestLog,
            browserGuard: browserGuard,
            log: log,
            makeAnalyzer: PhotoAnalyzer.sharing(
                models,
                keeping: configuration.defaults.complexity,
                budget: configuration.budget
            )
        )
    }

    /// Makes the service with other analyzers, one for each worker.
    package init(
        _ configuration: PoseServiceConfiguration,
        queueLimit: Double? = nil,
        requestLog: RequestLog? = nil,
        browserGuard: BrowserGuard? = nil,
        log: @escaping @Sendable (String) -> Void,
        makeAnalyzer: @escaping @Sendable () -> PhotoAnalyzer
    ) {
        let workerCount = min(configuration.threadCount ?? ThreadPool.availableCoreCount, 64)
        let pool = WorkerPool(
            workerCount: workerCount,
            limits: WorkLimits(
                waiting: queueLimit ?? Self.waitingMilliseconds * Double(workerCount),
                byteCount: configuration.budget.byteCount
            ),
            hasSpareWorker: true,
            rest: WorkerRest(after: Self.restDelay) { analyzer in
                analyzer.releaseMemory()
                ProcessMemory.trim()
            },
            makeWorker: makeAnalyzer
        )
        self.configuration = configuration
        self.pool = pool
        var router = Router()
        PageRoutes.add(to: &router)
        SampleRoutes.add(to: &router, store: configuration.store)
        let metrics = ServiceMetrics()
        let serviceLog = ServiceLog(format: configuration.logFormat, write: log)
        PoseRoutes(configuration: configuration, pool: pool, log: serviceLog, metrics: metrics)
            .add(to: &router)
        MotionRoute(
            pool: pool,
            budget: configuration.budget,
            timeLimit: configuration.defaults.timeLimit,
            log: serviceLog
        ).add(to: &router)
        let live = LiveRoutes(configuration: configuration, pool: pool, log: serviceLog, metrics: metrics)
        live.add(to: &router)
        let info = ServiceInfo(configuration: configuration)
        router.on(.get, "/v1/info") { _ in Self.json(info.json(streamCount: live.streamCount)) }
        let description = APIDescription.json(configuration)
        router.on(.get, "/openapi.json") { _ in Self.json(description) }
        DocsPage.add(description, to: &router)
        let readiness = Readiness()
        OperationRoutes(readiness: readiness, metrics: metrics) {
            let load = pool.load
            return ServiceMetrics.Gauges(
                queuedCount: load.queued,
                workerCount: workerCount,
                busyWorkerCount: load.busy,
                streamCount: live.streamCount,
                budgetByteCount: configuration.budget.byteCount,
                usedByteCount: configuration.budget.usedByteCount,
                isReady: readiness.isReady
            )
        }.add(to: &router)
        self.readiness = readiness
        // Errors of the guards are written out too, and the log counts their bytes.
        let chain: [(any HTTPMiddleware)?] = [
            RequestIdentity(), requestLog, RequestMetrics(metrics: metrics), SecurityHeaders(),
            CrossOrigin(
                origins: configuration.allowedOrigins,
                exposing: [
                    PoseRoutes.peopleCountHeader, PoseRoutes.faceCountHeader,
                    PoseRoutes.doubtCountHeader, MotionRoute.leftOutHeader,
                ]
            ), ErrorBodies(Self.tutorialError),
            ErrorLanguage(),
            browserGuard, Self.tokenGuard(configuration),
        ]
        var application = HTTPApplication(middleware: chain.compactMap(\.self), handler: router.respond)
        application.refusingUnreadable = { response, languages in
            metrics.count(unreadable: response)
            return ErrorLanguage.worded(response, languages)
        }
        self.application = application
    }

    deinit { pool.stop() }

    /// Answers a request by a whole response.
    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        await application.respond(to: request).response
    }

    /// From now on `/readyz` says that the service is about to stop.
    package func announceStop() { readiness.stop() }

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
        readiness.start()
    }

    /// What asks for a token, where the service has any; health, readiness and the pages' own files are open.
    private static func tokenGuard(_ configuration: PoseServiceConfiguration) -> TokenGuard? {
        let open = OperationRoutes.openPaths.union(PageRoutes.assets.map(\.path)).union([DocsPage.path])
        return configuration.tokens.map { tokens in
            TokenGuard(tokens) { request in request.method.isSafe && open.contains(request.path) }
        }
    }

    private static func json(_ bytes: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
            body: bytes
        )
    }

    /// Errors of `/upload` with what pages written for the tutorial look for: `status` and `message`.
    private static func tutorialError(_ error: HTTPErrorContent, _ request: HTTPRequest) -> HTTPErrorBody? {
        guard request.path == "/upload" else { return nil }
        let message = JSONText.quoted(error.message)
        return HTTPErrorBody(
            json: "{\"status\":\"error\",\"message\":\(message),"
                + "\"error\":\(HTTPErrorBody.object(error, requestID: request.id))}\n"
        )
    }
}
