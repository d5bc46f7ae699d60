// SPDX-License-Identifier: Apache-2.0

/// Finds the handler of a method and a path.
///
/// An unknown path is answered by 404, a known one with another method by 405 and `Allow`. HEAD is answered by
/// the handler of GET, OPTIONS by the methods that there are.
public struct Router: Sendable {
    private var routes: [String: [HTTPMethod: HTTPHandler]] = [:]

    /// Makes a router without routes.
    public init() {}

    /// Adds a route; a later one for the same method and path takes its place.
    public mutating func on(_ method: HTTPMethod, _ path: String, _ handler: @escaping HTTPHandler) {
        routes[path, default: [:]][method] = handler
    }

    /// Answers a request by its route.
    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        if request.method == .options && request.path == "*" {
            return HTTPResponse(
                status: 204,
                headers: [("Allow", Self.list(Set(routes.values.flatMap(\.keys))))]
            )
        }
        guard let handlers = routes[request.path] else {
            return .error(
                404,
                "not_found",
                "There is nothing at this path. There is: \(routes.keys.sorted().joined(separator: ", "))."
            )
        }
        if let handler = handlers[request.method] ?? (request.method == .head ? handlers[.get] : nil) {
            return await handler(request)
        }
        let allowed = Self.list(Set(handlers.keys))
        if request.method == .options { return HTTPResponse(status: 204, headers: [("Allow", allowed)]) }
        return .error(
            405,
            "method_not_allowed",
            "\(request.method.rawValue) does not work here; \(allowed) does.",
            headers: [("Allow", allowed)]
        )
    }

    private static func list(_ methods: Set<HTTPMethod>) -> String {
        let all = methods.union(methods.contains(.get) ? [.head, .options] : [.options])
        return HTTPMethod.allCases.filter(all.contains).map(\.rawValue).joined(separator: ", ")
    }
}
