// SPDX-License-Identifier: Apache-2.0

/// Lets pages of other sites, which the operator has named, use this server from a browser.
///
/// Answers the browser's question beforehand, and marks answers as readable. Cookies and the like are never asked for: a
/// page that needs a token sends it itself.
///
/// Source: Fetch (WHATWG), section 3.3 "CORS protocol".
public struct CrossOrigin: HTTPMiddleware {
    /// What stands for every site.
    public static let any = "*"

    private static let methods = "GET, HEAD, POST, DELETE, OPTIONS"
    private static let requestHeaders = "Authorization, Content-Type, Content-Disposition, X-Request-Id"
    private static let usualHeaders = [
        "Content-Disposition", "Location", "Retry-After", "WWW-Authenticate", "X-Request-Id",
    ]

    private let origins: Set<String>
    private let exposedHeaders: String

    /// Makes the middleware.
    ///
    /// - Parameters:
    ///   - origins: sites as ``origin(_:)`` spells them; ``any`` for all.
    ///   - headers: headers of the application's own that pages of those sites may read.
    public init(origins: Set<String>, exposing headers: [String] = []) {
        self.origins = origins
        exposedHeaders = (Self.usualHeaders + headers).joined(separator: ", ")
    }

    /// A site in the spelling of the Origin header.
    ///
    /// - Parameter text: `https://example.org`, `http://localhost:8080`, `null` for pages opened as files, or `*`.
    /// - Returns: the site in lower case, without the standard port and a slash at the end; `nil` when it is none.
    public static func origin(_ text: String) -> String? {
        var rest = text.lowercased()
        if rest == any || rest == "null" { return rest }
        if rest.hasSuffix("/") { rest.removeLast() }
        for (scheme, port) in [("https://", ":443"), ("http://", ":80")] where rest.hasPrefix(scheme) {
            if rest.hasSuffix(port) { rest.removeLast(port.utf8.count) }
            let host = rest.dropFirst(scheme.utf8.count)
            let isHost = host.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "-.:[]_".utf8.contains(byte)
            }
            return isHost && !host.isEmpty && !host.hasPrefix(":") && hasPossiblePort(host) ? rest : nil
        }
        return nil
    }

    /// Whether what follows a host's colon, outside of an address's brackets, is a port.
    private static func hasPossiblePort(_ host: Substring) -> Bool {
        let end = host.lastIndex(of: "]") ?? host.startIndex
        guard let colon = host[end...].firstIndex(of: ":") else { return true }
        let port = host[host.index(after: colon)...]
        guard port.utf8.count <= 5, port.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return (1...65535).contains(Int(port) ?? 0)
    }

    /// Answers the question beforehand, and lets the page read any other answer.
    public func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply {
        guard !origins.isEmpty else { return await next(request) }
        let allowed = request.headers["origin"].flatMap(allowedOrigin)
        if let allowed, request.method == .options,
            request.headers["access-control-request-method"] != nil
        {
            return HTTPReply(Self.permission(for: allowed, request))
        }
        var reply = await next(request)
        if !origins.contains(Self.any) { reply.response.vary(by: "Origin") }
        if let allowed {
            reply.response.headers += [
                ("Access-Control-Allow-Origin", allowed),
                ("Access-Control-Expose-Headers", exposedHeaders),
            ]
        }
        return reply
    }

    private func allowedOrigin(_ origin: String) -> String? {
        if origins.contains(Self.any) { return Self.any }
        return origins.contains(origin.lowercased()) ? origin : nil
    }

    private static func permission(for origin: String, _ request: HTTPRequest) -> HTTPResponse {
        var response = HTTPResponse(
            status: 204,
            headers: [
                ("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Methods", methods),
                ("Access-Control-Allow-Headers", requestHeaders), ("Access-Control-Max-Age", "600"),
            ]
        )
        // Source: Private Network Access (WICG): a public page asks before it reaches into a private network.
        if request.headers["access-control-request-private-network"] == "true" {
            response.headers.append(("Access-Control-Allow-Private-Network", "true"))
        }
        if origin != any { response.vary(by: "Origin") }
        return response
    }
}

extension HTTPResponse {
    /// Tells caches that the answer depends on one more header of the request.
    ///
    /// - Parameter name: the header's name.
    package mutating func vary(by name: String) {
        guard let index = headers.firstIndex(where: { $0.name.lowercased() == "vary" }) else {
            headers.append(("Vary", name))
            return
        }
        headers[index].value += ", \(name)"
    }
}
