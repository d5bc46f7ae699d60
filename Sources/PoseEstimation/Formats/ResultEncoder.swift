// SPDX-License-Identifier: Apache-2.0

/// Writes documents in one ``ResultFormat``: a stream of them into one file, or each by itself.
///
/// A stream is `begin()`, `encode(_:)` once a record in their order, `end()`; the bytes of all calls, one after
/// the other, are the file. An encoder is made for one stream and remembers what that stream needs, such as
/// which identifiers are taken. After any number of records `end()` makes the file a whole one, so a run that is
/// interrupted calls it too.
public protocol ResultEncoder: Sendable {
    /// Starts the stream.
    ///
    /// - Returns: what stands in front of the first record, possibly nothing.
    mutating func begin() -> [UInt8]

    /// Writes the next record.
    ///
    /// - Parameter record: one picture or frame; its masks are not written.
    /// - Returns: its text with the line break behind it; nothing for a record without people where the format
    ///   has one entry a person.
    mutating func encode(_ record: PoseDocument) -> [UInt8]

    /// Ends the stream.
    ///
    /// - Returns: what stands behind the last record, possibly nothing.
    mutating func end() -> [UInt8]

    /// Writes one record that stands alone, as an HTTP answer or a file of its own has it.
    ///
    /// Independent of the stream.
    ///
    /// - Returns: the whole text, without a line break at its end; a file has one behind it.
    func document(_ record: PoseDocument) -> [UInt8]

    /// Takes what the user should be told about the records so far: whole sentences, each given once.
    mutating func takeWarnings() -> [String]
}

extension ResultEncoder {
    /// Nothing stands in front of the first record.
    public mutating func begin() -> [UInt8] { [] }

    /// Nothing stands behind the last record.
    public mutating func end() -> [UInt8] { [] }

    /// There is nothing to tell.
    public mutating func takeWarnings() -> [String] { [] }
}

/// Writes one JSON value a line.
struct JSONLinesEncoder: ResultEncoder {
    /// Writes a record as one value.
    let write: @Sendable (PoseDocument, inout JSONWriter) -> Void

    mutating func encode(_ record: PoseDocument) -> [UInt8] {
        document(record) + [UInt8(ascii: "\n")]
    }

    func document(_ record: PoseDocument) -> [UInt8] {
        var writer = JSONWriter()
        write(record, &writer)
        return writer.bytes
    }
}
