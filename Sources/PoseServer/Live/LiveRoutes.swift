// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseHTTP

/// The route of live WebSockets, and what sessions have in common with them.
struct LiveRoutes: Sendable {
    let configuration: PoseServiceConfiguration
    let pool: WorkerPool<PhotoAnalyzer>
    let log: ServiceLog
    let metrics: ServiceMetrics
    let places: StreamPlaces
    let sessions: Sessions

    /// The subprotocol of live WebSockets, for clients that name any.
    static let subprotocol = "pose"

    init(
        configuration: PoseServiceConfiguration,
        pool: WorkerPool<PhotoAnalyzer>,
        log: ServiceLog,
        metrics: ServiceMetrics
    ) {
        self.configuration = configuration
        self.pool = pool
        self.log = log
        self.metrics = metrics
        places = StreamPlaces(limit: configuration.maxStreams)
        sessions = Sessions(configuration.live)
    }

    func add(to router: inout Router) {
        router.on(.get, "/v1/live") { request -> HTTPReply in
            do throws(ServiceFault) {
                return try live(request)
            } catch {
                return HTTPReply(error.response(to: request, log: log))
            }
        }
        SessionRoutes(live: self).add(to: &router)
    }

    /// The number of streams there are.
    var streamCount: Int {
        sessions.expire()
        return places.takenCount
    }

    private func live(_ request: HTTPRequest) throws(ServiceFault) -> HTTPReply {
        let settings = try settings(request.query)
        let place = try place()
        var limits = WebSocketLimits()
        limits.messageByteCount = FrameMessage.headerByteCount + configuration.frameByteCount
        limits.queuedByteCount = configuration.live.answerByteCount
        // Browsers that offer a token as a subprotocol close the WebSocket unless one that they offered is chosen.
        return .webSocket(request, limits: limits, protocols: [Self.subprotocol]) { socket in
            let connection = LiveConnection(
                socket,
                stream: LiveStream(settings: settings, pool: pool, metrics: metrics),
                settings: settings,
                idle: configuration.live.idle,
                budget: configuration.budget,
                log: log,
                metrics: metrics
            )
            await connection.run()
            withExtendedLifetime(place) {}
        }
    }

    /// What a request asks for, on top of the service's defaults.
    ///
    /// - Parameter parameters: those of its query and its form.
    /// - Returns: the settings.
    /// - Throws: 400 when a parameter is unknown or not allowed, or the format has no place for what is asked for.
    func settings(_ parameters: [(name: String, value: String)]) throws(ServiceFault) -> AnalysisSettings {
        var settings = configuration.defaults
        settings.tracking.smoothing = .live
        do throws(ParameterError) {
            try AnalysisParameters.apply(parameters, from: .live, to: &settings)
        } catch {
            throw ServiceFault(400, error.code, error.message)
        }
        if settings.format != .pose {
            let names = [
                settings.exercise.map { _ in "exercise" }, settings.hasSkeleton ? "skeleton=true" : nil,
            ]
            if let name = names.compactMap(\.self).first {
                throw ServiceFault(400, "invalid_parameter", "\(name) works with format=pose only.")
            }
        }
        guard let shape = settings.shaped(settings.format) else { throw .anglesWithoutPlace }
        settings.format = shape
        return settings
    }

    /// A place for another stream.
    ///
    /// - Throws: 503 when there is none.
    func place() throws(ServiceFault) -> StreamPlaces.Place {
        sessions.expire()
        return try places.take()
    }
}
