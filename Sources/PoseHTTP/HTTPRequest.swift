// SPDX-License-Identifier: Apache-2.0

/// An HTTP method that a route can answer.
public enum HTTPMethod: String, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
}

/// One part of a `multipart/form-data` body.
public struct FormPart: Sendable {
    /// The field's name.
    public var name: String
    /// The file's name, when the part is a file.
    public var fileName: String?
    /// The part's own content type.
    public var contentType: String?
    /// The part's bytes.
    public var body: [UInt8]

    /// Makes a part.
    public init(name: String, fileName: String? = nil, contentType: String? = nil, body: [UInt8]) {
        self.name = name
        self.fileName = fileName
        self.contentType = contentType
        self.body = body
    }
}

/// One request, whole: a value, whatever server received it.
public struct HTTPRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// The path, percent-decoded, without the query.
    public var path: String
    /// The query's parameters, percent-decoded, in their order.
    public var query: [(name: String, value: String)]
    /// The headers; names in lower case, values of repeated headers joined by commas.
    public var headers: [String: String]
    /// The body; empty when it was a form, whose content is in ``form``.
    public var body: [UInt8]
    /// The parts of a `multipart/form-data` body; `nil` for any other body.
    public var form: [FormPart]?

    /// Makes a request.
    public init(
        method: HTTPMethod,
        path: String,
        query: [(name: String, value: String)] = [],
        headers: [String: String] = [:],
        body: [UInt8] = [],
        form: [FormPart]? = nil
    ) {
        self.method = method
        self.path = path
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
