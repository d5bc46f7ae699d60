// SPDX-License-Identifier: Apache-2.0

/// The head of a request as it came, and what makes it a request that can be answered.
///
/// What two programs in a row may read differently is refused, whatever the library beneath makes of it: two lengths, a
/// length beside an encoding, two hosts, names that are none.
///
/// Source: RFC 9112 sections 3.2, 5.1, 6.1 and 6.3.
struct RequestHead {
    var method: String
    var target: String
    var isHTTP10: Bool
    var headers: [(name: [UInt8], value: [UInt8])]
    /// What makes the headers unfit to be used, whatever they say.
    var objection: String?

    /// Makes the request, as good as it can be made.
    ///
    /// - Parameter bodyLimit: most bytes of a body.
    /// - Returns: the request, for the log even when it is refused; why it is refused; the parser of its form.
    func request(
        bodyLimit: Int
    ) -> (request: HTTPRequest, refusal: Refusal?, form: MultipartParser?) {
        let target = RequestTarget(target)
        var request = HTTPRequest(
            method: HTTPMethod(rawValue: method),
            path: target?.path ?? self.target,
            segments: target?.segments,
            query: target?.query ?? []
        )
        for (name, value) in headers {
            let name = String(decoding: name, as: UTF8.self).lowercased()
            let value = String(decoding: value, as: UTF8.self)
            request.headers[name] = request.headers[name].map { $0 + ", " + value } ?? value
        }
        // Two are refused, and none of them is asked about: what is wrong is their number.
        if values("host").count > 1 { request.headers["host"] = nil }
        if let authority = target?.authority { request.headers["host"] = authority }
        // Source: RFC 9110 section 7.8.
        if isHTTP10 { request.headers["upgrade"] = nil }
        do throws(Refusal) {
            try checkHeaders()
            if !HTTPMethod.known.contains(request.method) { throw .unknownMethod }
            if target == nil { throw .malformedTarget }
            if let length = request.contentLength, length > bodyLimit {
                throw .tooLarge(bodyLimit)
            }
            guard request.mediaType == "multipart/form-data" else { return (request, nil, nil) }
            guard
                let form = MultipartParser(
                    contentType: request.headers["content-type"] ?? "",
                    limit: bodyLimit,
                    expected: request.contentLength ?? 0
                )
            else { throw .malformedForm }
            return (request, nil, form)
        } catch {
            return (request, error, nil)
        }
    }

    private func checkHeaders() throws(Refusal) {
        if let objection { throw .malformedHeader(objection) }
        for (name, value) in headers {
            guard !name.isEmpty, name.allSatisfy(Self.isToken) else {
                throw .malformedHeader("A header's name is empty or has a character that names may not have.")
            }
            guard value.allSatisfy({ $0 == 9 || ($0 >= 0x20 && $0 != 0x7F) }) else {
                throw .malformedHeader("A header's value has a control character.")
            }
        }
        let hosts = values("host")
        guard hosts.count == 1 || (isHTTP10 && hosts.isEmpty) else {
            throw .malformedHeader("There must be one Host header; there are \(hosts.count).")
        }
        let lengths = values("content-length")
        guard lengths.count <= 1 else {
            throw .malformedHeader("There must be at most one Content-Length header.")
        }
        let encodings = values("transfer-encoding")
        guard encodings.isEmpty || lengths.isEmpty else {
            throw .malformedHeader("Content-Length and Transfer-Encoding exclude each other.")
        }
        guard encodings.isEmpty || encodings.map({ $0.lowercased() }) == ["chunked"] else {
            throw .unknownEncoding
        }
    }

    private func values(_ name: String) -> [String] {
        headers.filter { String(decoding: $0.name, as: UTF8.self).lowercased() == name }
            .map { String(decoding: $0.value, as: UTF8.self).trimmingSpaces() }
    }

    /// Source: RFC 9110 section 5.6.2.
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

extension HTTPRequest {
    /// How many bytes of body are announced; `nil` when nobody knows.
    ///
    /// Lengths that are no number were refused by the library; one that overflows `Int` is more than any limit.
    var contentLength: Int? { headers["content-length"].map { Int($0) ?? .max } }
}
