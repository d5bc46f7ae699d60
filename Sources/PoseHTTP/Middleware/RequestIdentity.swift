// SPDX-License-Identifier: Apache-2.0

/// Gives every request a name that log, answer and error body share.
///
/// A name that the client or a proxy sent along as `X-Request-Id` is taken over, so that one request has one name on its
/// whole way; anything that is no plain word gets a name of its own.
public struct RequestIdentity: HTTPMiddleware {
    /// The header that carries the name both ways.
    public static let header = "X-Request-Id"

    /// Makes the middleware.
    public init() {}

    /// Names the request, and tells its client.
    public func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply {
        var request = request
        let given = request.headers[Self.header.lowercased()]
        let id = given.flatMap { Self.isWord($0) ? $0 : nil } ?? Self.random()
        request.id = id
        var reply = await next(request)
        reply.response.headers.append((Self.header, id))
        return reply
    }

    /// Whether a text is 1 to 128 letters, digits and marks that mean nothing to logs, shells and pages.
    static func isWord(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-_.:".utf8.contains(byte)
                }
            }
    }

    /// 16 hexadecimal digits.
    private static func random() -> String {
        let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
