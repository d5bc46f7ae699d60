// SPDX-License-Identifier: Apache-2.0

/// One response, whole.
public struct HTTPResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The headers, in their order.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]

    /// Makes a response.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What answers requests: a function of values, so most tests need no socket.
public typealias HTTPHandler = @Sendable (HTTPRequest) async -> HTTPResponse
