// SPDX-License-Identifier: Apache-2.0

/// Finds the handler of a method and a path.
///
/// Paths may have placeholders, each for one segment: `/v1/sessions/{id}/frames`. Where both fit, literal text
/// goes before a placeholder. An unknown path is answered by 404, a known one with another method by 405 and
/// `Allow`. HEAD is answered by the handler of GET, OPTIONS by the methods that there are.
public struct Router: Sendable {
    private var root = RouteNode()
    private var paths: Set<String> = []

    /// Makes a router without routes.
    public init() {}

    /// Adds a route; a later one for the same method and path takes its place.
    ///
    /// - Parameters:
    ///   - method: the method.
    ///   - path: the path, starting with a slash; a segment in braces matches any one segment but an empty one.
    ///   - handler: what answers.
    public mutating func on<Reply: HTTPReplyConvertible>(
        _ method: HTTPMethod,
        _ path: String,
        _ handler: @escaping @Sendable (HTTPRequest) async -> Reply
    ) {
        precondition(path.hasPrefix("/"), "a route's path starts with a slash; '\(path)' does not")
        paths.insert(path)
        root.insert(HTTPRequest.segments(of: path)[...]) { node in
            node.path = path
            node.handlers[method] = { await handler($0).reply }
        }
    }

    /// The paths that there are, sorted, placeholders in braces.
    public var routePaths: [String] { paths.sorted() }

    /// Answers a request by its route.
    public func respond(to request: HTTPRequest) async -> HTTPReply {
        if request.method == .options && request.path == "*" {
            return HTTPReply(HTTPResponse(status: 204, headers: [("Allow", Self.list(root.allMethods))]))
        }
        var parameters: [String: String] = [:]
        guard let node = root.find(request.segments[...], &parameters) else {
            return HTTPReply(
                .error(
                    404,
                    "not_found",
                    "There is nothing at this path. There is: \(routePaths.joined(separator: ", "))."
                )
            )
        }
        var reply = await answer(request, parameters, node.handlers)
        reply.route = node.path
        return reply
    }

    private func answer(
        _ request: HTTPRequest,
        _ parameters: [String: String],
        _ handlers: [HTTPMethod: HTTPHandler]
    ) async -> HTTPReply {
        if let handler = handlers[request.method] ?? (request.method == .head ? handlers[.get] : nil) {
            var request = request
            request.parameters = parameters
            return await handler(request)
        }
        let allowed = Self.list(Set(handlers.keys))
        if request.method == .options {
            return HTTPReply(HTTPResponse(status: 204, headers: [("Allow", allowed)]))
        }
        return HTTPReply(
            .error(
                405,
                "method_not_allowed",
                "\(request.method) does not work here; \(allowed) does.",
                headers: [("Allow", allowed)]
            )
        )
    }

    private static func list(_ methods: Set<HTTPMethod>) -> String {
        let all = methods.union(methods.contains(.get) ? [.head, .options] : [.options])
        return HTTPMethod.known.filter(all.contains).map(\.rawValue).joined(separator: ", ")
    }
}
