// SPDX-License-Identifier: Apache-2.0

/// One response, whole.
public struct HTTPResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The headers, in their order.
    public var headers: [(name: String, value: String)]
    /// The body; for HEAD that of GET, of which the server sends the length alone.
    public var body: [UInt8]
    /// What an error response says, for those who word it differently.
    package var errorContent: (code: String, message: String)?

    /// Makes a response.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Makes a response whose body is JSON text.
    public static func json(
        _ text: String,
        status: Int = 200,
        headers: [(name: String, value: String)] = []
    ) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [("Content-Type", "application/json")] + headers,
            body: Array(text.utf8)
        )
    }

    /// Makes the response of every error: `{"error":{"code":…,"message":…}}`.
    ///
    /// - Parameters:
    ///   - status: the status code.
    ///   - code: what a program branches on, in lower snake case.
    ///   - message: what a person reads.
    ///   - headers: further headers.
    /// - Returns: the response.
    public static func error(
        _ status: Int,
        _ code: String,
        _ message: String,
        headers: [(name: String, value: String)] = []
    ) -> HTTPResponse {
        var response = json(
            "{\"error\":{\"code\":\(JSONText.quoted(code)),\"message\":\(JSONText.quoted(message))}}\n",
            status: status,
            headers: [("Cache-Control", "no-store")] + headers
        )
        response.errorContent = (code, message)
        return response
    }

    /// The first header of a name, whatever its case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// What answers requests: a function of values, so most tests need no socket.
public typealias HTTPHandler = @Sendable (HTTPRequest) async -> HTTPResponse
