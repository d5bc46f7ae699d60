// SPDX-License-Identifier: Apache-2.0

package import PoseSystem

/// Takes a `multipart/form-data` body apart while it arrives, in time linear in its length.
///
///     preamble ──delimiter──► afterDelimiter ──line end──► head ──empty line──► body
///         ▲                     │      │ "--"               ▲                    │
///         └───── other text ────┘      ▼                    └── afterDelimiter ◄─┘ delimiter
///                                     end
///
/// A delimiter is CR LF, two dashes and the boundary. Its first byte occurs nowhere else in it, so that a match that
/// fails needs no byte looked at again: all that has matched is known.
///
/// Source: RFC 7578, RFC 2046 section 5.1.
package struct MultipartParser {
    /// Most parts of one form.
    package static let maxPartCount = 64
    /// Most bytes of the headers of one part.
    package static let maxHeadByteCount = 8192

    private enum Place { case preamble, afterDelimiter, head, body, end }

    private let delimiter: [UInt8]
    private let limit: Int
    private let expected: Int
    private var place = Place.preamble
    /// Whether a part is open, so that bytes which turn out to be no delimiter belong to it.
    private var isInPart = false
    // The body may start with the delimiter's dashes, without a line end before them.
    private var matchedCount = 2
    private var line: [UInt8] = []
    private var headByteCount = 0
    private var parts: [FormPart] = []

    /// Makes a parser for a boundary.
    ///
    /// - Parameters:
    ///   - boundary: what the header says; not empty.
    ///   - limit: most bytes of the whole body, up to which memory may be taken in advance.
    ///   - expected: how many are announced; 0 when nobody knows.
    init(boundary: String, limit: Int, expected: Int = 0) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.limit = limit
        self.expected = expected
    }

    /// Makes a parser for a body with this `Content-Type`.
    ///
    /// - Returns: `nil` when the boundary is missing or not one.
    package init?(contentType: String, limit: Int, expected: Int = 0) {
        guard let boundary = HeaderParameters(contentType)["boundary"], !boundary.isEmpty,
            boundary.utf8.count <= 200, boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { return nil }
        self.init(boundary: boundary, limit: limit, expected: expected)
    }

    /// Takes the next bytes.
    ///
    /// - Parameters:
    ///   - data: the bytes; they are copied.
    ///   - reservation: grows with what is kept.
    /// - Throws: when the form is damaged, or the budget has not enough left.
    package mutating func parse(_ data: UnsafeRawBufferPointer, _ reservation: MemoryReservation)
        throws(Refusal)
    {
        var index = 0
        while index < data.count {
            switch place {
            case .preamble, .body:
                let plain = unsafe matchedCount == 0 ? Self.countWithoutReturn(data[index...]) : 0
                if plain > 0 {
                    unsafe try keep(
                        UnsafeRawBufferPointer(rebasing: data[index..<index + plain]),
                        reservation
                    )
                    index += plain
                } else {
                    try match(unsafe data[index], reservation)
                    index += 1
                }
            case .afterDelimiter:
                try followDelimiter(unsafe data[index], reservation)
                index += 1
            case .head:
                try readHead(unsafe data[index], reservation)
                index += 1
            case .end: return
            }
        }
    }

    /// The parts, when the body was complete.
    package consuming func finish() throws(Refusal) -> [FormPart] {
        guard place == .end else { throw .malformedForm }
        return parts
    }

    // MARK: - Places

    private static func countWithoutReturn(_ data: Slice<UnsafeRawBufferPointer>) -> Int {
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: data)
        guard let start = bytes.baseAddress, let found = unsafe memchr(start, 13, bytes.count) else {
            return bytes.count
        }
        return unsafe UnsafeRawPointer(found) - start
    }

    private mutating func match(_ byte: UInt8, _ reservation: MemoryReservation) throws(Refusal) {
        if byte == delimiter[matchedCount] {
            matchedCount += 1
            if matchedCount == delimiter.count {
                place = .afterDelimiter
                line = []
            }
            return
        }
        // Before the first part, the line end ahead of the delimiter was not really there.
        let matched = delimiter[..<matchedCount]
        matchedCount = 0
        try keep(matched, reservation)
        if byte == delimiter[0] { matchedCount = 1 } else { try keep(CollectionOfOne(byte), reservation) }
    }

    private mutating func followDelimiter(_ byte: UInt8, _ reservation: MemoryReservation) throws(Refusal) {
        let dash = UInt8(ascii: "-")
        switch byte {
        case dash where line.isEmpty: line = [dash]
        case dash where line == [dash]: place = .end
        case 10 where line.first != dash: try beginPart()
        case _ where (byte == 9 || byte == 13 || byte == 32) && line.count < 100 && isBlank(line):
            line.append(byte)
        default:
            // A line that only begins like a delimiter is part of the text.
            let text = line + [byte]
            matchedCount = 0
            place = isInPart ? .body : .preamble
            try keep(delimiter, reservation)
            for byte in text { try match(byte, reservation) }
        }
    }

    /// Whether only blanks have come after a delimiter, and no line end has begun.
    private func isBlank(_ line: [UInt8]) -> Bool { line.first != UInt8(ascii: "-") && line.last != 13 }

    private mutating func beginPart() throws(Refusal) {
        guard parts.count < Self.maxPartCount else { throw .tooManyParts }
        parts.append(FormPart(name: "", body: []))
        isInPart = true
        place = .head
        line = []
        headByteCount = 0
    }

    private mutating func readHead(_ byte: UInt8, _ reservation: MemoryReservation) throws(Refusal) {
        headByteCount += 1
        guard headByteCount <= Self.maxHeadByteCount else { throw .tooLongPartHeaders }
        guard byte == 10 else { return line.append(byte) }
        if line.last == 13 { line.removeLast() }
        guard line.isEmpty else {
            parts[parts.count - 1].take(header: String(decoding: line, as: UTF8.self))
            line = []
            return
        }
        guard !parts[parts.count - 1].name.isEmpty else { throw .namelessPart }
        guard reservation.resize(to: reservation.byteCount + headByteCount) else { throw .outOfMemory }
        place = .body
        // A part may be empty, its delimiter following on the line end of its head.
        matchedCount = 2
        isAtStart = true
    }

    /// Whether the part's first bytes may be its delimiter's, whose line end was the head's.
    private var isAtStart = false

    private mutating func keep(
        _ bytes: some Collection<UInt8>,
        _ reservation: MemoryReservation
    ) throws(Refusal) {
        guard isInPart else { return }
        let index = parts.count - 1
        let kept = isAtStart ? bytes.dropFirst(2) : bytes.dropFirst(0)
        if !bytes.isEmpty { isAtStart = false }
        try parts[index].body.makeRoom(for: kept.count, limit: limit, expected: expected, reservation)
        parts[index].body.append(contentsOf: kept)
    }
}

extension FormPart {
    /// Takes what a header line of the part says.
    fileprivate mutating func take(header: String) {
        guard let colon = header.firstIndex(of: ":") else { return }
        let value = header[header.index(after: colon)...].trimmingSpaces()
        switch header[..<colon].trimmingSpaces().lowercased() {
        case "content-disposition":
            let parameters = HeaderParameters(value)
            name = parameters["name"].map(Self.unescaped) ?? ""
            fileName = parameters.extended("filename") ?? parameters["filename"].map(Self.unescaped)
        case "content-type": contentType = value
        default: break
        }
    }

    /// A name as it was before a browser wrote it into the header: quotes and line ends are percent-encoded there, and nothing else.
    ///
    /// Source: WHATWG HTML, "Multipart form data".
    private static func unescaped(_ name: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(name.utf8)[...]
        while let byte = rest.popFirst() {
            let escape =
                byte == UInt8(ascii: "%") ? escapes[String(decoding: rest.prefix(2), as: UTF8.self)] : nil
            if escape != nil { rest = rest.dropFirst(2) }
            bytes.append(escape ?? byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let escapes: [String: UInt8] = [
        "22": UInt8(ascii: "\""), "0D": 13, "0A": 10, "0d": 13, "0a": 10,
    ]
}
