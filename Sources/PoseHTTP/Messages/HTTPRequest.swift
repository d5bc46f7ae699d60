// SPDX-License-Identifier: Apache-2.0

package import PoseSystem

/// One request, whole: a value, whatever server received it.
public struct HTTPRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// The path, percent-decoded, without the query.
    public let path: String
    /// What stands between the path's slashes, each percent-decoded; `/v1/pose` has `v1` and `pose`.
    ///
    /// An encoded slash stays inside its segment.
    public let segments: [String]
    /// The query's parameters, percent-decoded, in their order.
    public var query: [(name: String, value: String)]
    /// The headers; names in lower case, values of repeated headers joined by commas.
    public var headers: [String: String]
    /// The body; empty when it was a form, whose content is in ``form``.
    public var body: [UInt8]
    /// The parts of a `multipart/form-data` body; `nil` for any other body.
    public var form: [FormPart]?
    /// What the route's placeholders stand for: `/v1/sessions/{id}` sets `id`.
    public var parameters: [String: String] = [:]
    /// The client's IP address; `nil` when no socket was involved.
    public var peer: String?
    /// A number for the log, unique in this process; 0 when no socket was involved.
    public var number: UInt64 = 0
    /// What log, answer and client call this request; empty until ``RequestIdentity`` has named it.
    public var id = ""
    /// What the body and the form hold of the server's memory budget; given back with the last copy.
    package var reservation: MemoryReservation?

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - method: the method.
    ///   - path: the path, percent-decoded.
    ///   - segments: what stands between the path's slashes; taken from `path` when they are not given.
    ///   - query: the query's parameters.
    ///   - headers: the headers; names in lower case.
    ///   - body: the body, unless it is a form.
    ///   - form: the parts of a form.
    public init(
        method: HTTPMethod,
        path: String,
        segments: [String]? = nil,
        query: [(name: String, value: String)] = [],
        headers: [String: String] = [:],
        body: [UInt8] = [],
        form: [FormPart]? = nil
    ) {
        self.method = method
        self.path = path
        self.segments = segments ?? Self.segments(of: path)
        self.query = query
        self.headers = headers
        self.body = body
        self.form = form
    }

    /// The body's media type in lower case, without parameters: `image/jpeg`.
    public var mediaType: String? {
        guard let header = headers["content-type"] else { return nil }
        let type = header.prefix { $0 != ";" }.trimmingSpaces().lowercased()
        return type.isEmpty ? nil : type
    }

    static func segments(of path: String) -> [String] {
        guard path.hasPrefix("/") else { return [path] }
        return path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }
}

extension StringProtocol {
    /// The text without the blanks and tabs around it.
    package func trimmingSpaces() -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let body = drop(while: isBlank)
        guard let last = body.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(body[...last])
    }
}
