// SPDX-License-Identifier: Apache-2.0

/// Refuses what other web sites make a visitor's browser send here.
///
/// Any page may send a form to any address, also to one that only its visitor can reach, and by DNS rebinding make the browser
/// take this server for a part of that page. Clients that are no browsers send none of the headers looked at and pass.
///
/// Source: Fetch Metadata Request Headers (W3C), RFC 6454 section 7, RFC 6455 section 10.2.
public struct BrowserGuard: HTTPMiddleware {
    private let hosts: AllowedHosts?
    private let origins: Set<String>

    /// Makes the middleware.
    ///
    /// - Parameters:
    ///   - hosts: names that the Host header may have, whatever port it has, since a forwarded port may differ; `nil` allows any.
    ///   - origins: sites that may use this server from a browser: `https://example.org`, in lower case; `*` for all.
    public init(hosts: AllowedHosts?, origins: Set<String> = []) {
        self.hosts = hosts
        self.origins = origins
    }

    /// Answers by 403 what a foreign site sent.
    public func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply {
        if let refusal = refusal(of: request) { return HTTPReply(refusal) }
        return await next(request)
    }

    private func refusal(of request: HTTPRequest) -> HTTPResponse? {
        let host = Authority(request.headers["host"] ?? "")
        if let hosts, request.headers["host"] != nil, !hosts.allows(host.name) {
            return .error(
                403,
                "foreign_host",
                "This server answers to \(hosts.sentence) only, not to '\(host.name.prefix(80))'. "
                    + "Its operator can add names with --allowed-host."
            )
        }
        let isWebSocket = request.headers["upgrade"] != nil
        if request.method.isSafe && !isWebSocket { return nil }
        let origin = request.headers["origin"]?.lowercased()
        if let origin, origins.contains(origin) || origins.contains(CrossOrigin.any) { return nil }
        let isOwn: Bool
        if let site = request.headers["sec-fetch-site"]?.lowercased() {
            isOwn = site == "same-origin" || site == "none"
        } else if let origin {
            isOwn = host.isNamed(byOrigin: origin)
        } else {
            isOwn = true
        }
        if isOwn { return nil }
        return .error(
            403,
            "foreign_origin",
            "The page at '\((origin ?? "another site").prefix(80))' may not use this server from a browser."
        )
    }
}

/// A host and its port, as they stand in a Host header.
private struct Authority {
    var name: String
    var port: String?

    init(_ text: String) {
        let text = text.trimmingSpaces().lowercased()
        let end = text.lastIndex(of: "]") ?? text.startIndex
        if let colon = text[end...].lastIndex(of: ":") {
            name = String(text[..<colon])
            port = String(text[text.index(after: colon)...])
        } else {
            name = text
        }
    }

    /// Whether a page of this origin came from here.
    func isNamed(byOrigin origin: String) -> Bool {
        for (scheme, standard) in [("http://", "80"), ("https://", "443")] where origin.hasPrefix(scheme) {
            let other = Authority(String(origin.dropFirst(scheme.count)))
            return other.name == name && (other.port ?? standard) == (port ?? standard)
        }
        return false
    }
}
