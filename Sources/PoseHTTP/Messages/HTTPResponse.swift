// SPDX-License-Identifier: Apache-2.0

package import PoseSystem

/// What an error response says, whatever its body will look like.
public struct HTTPErrorContent: Hashable, Sendable {
    /// What a program branches on, in lower snake case.
    public var code: String
    /// What a person reads.
    public var message: String

    /// Makes an error's content from a code and a sentence.
    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}

/// One response, whole.
public struct HTTPResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The headers, in their order.
    public var headers: [(name: String, value: String)]
    /// The body; for HEAD that of GET, of which the server sends the length alone.
    ///
    /// Empty while ``error`` is not written out.
    public var body: [UInt8]
    /// What an error response says; ``ErrorBodies`` makes the body from it, or else the server at the end.
    public var error: HTTPErrorContent?
    /// What the body holds of the server's memory budget, until its last byte is sent or the client is gone.
    ///
    /// The server draws for a body that comes without one.
    package var reservation: MemoryReservation?

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

    /// Makes the response of an error, whose body is written at the end of the chain.
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
        var response = HTTPResponse(status: status, headers: [("Cache-Control", "no-store")] + headers)
        response.error = HTTPErrorContent(code: code, message: message)
        return response
    }

    /// The answer when more is asked for than the server has room for at the moment.
    public static func busy(_ message: String) -> HTTPResponse {
        .error(503, "busy", message, headers: [("Retry-After", "1")])
    }

    /// The first header of a name, whatever its case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
