// SPDX-License-Identifier: Apache-2.0

/// Reads which pictures the records of a file are about, from bytes that arrive in pieces of any size, so that a run
/// that ended early can be gone on with.
package protocol ResultSourceReader {
    /// Takes the next bytes of the file.
    mutating func append(_ bytes: [UInt8])

    /// Tells that there are no more bytes.
    mutating func finish()

    /// The source of the next record.
    ///
    /// - Returns: `nil` when further bytes are needed, or at the end; a last record that is cut is left out.
    /// - Throws: ``PoseError`` `.malformedResult` when the bytes are not of the format.
    mutating func next() throws(PoseError) -> String?

    /// The landmark network of the record that was read last; `nil` where the format does not say.
    var complexity: ModelComplexity? { get }

    /// Where in the file the record that was read last stands, with its line break.
    var recordRange: Range<Int> { get }

    /// Whether that record tells of a further person of the picture before it; formats with all people in one have none.
    var isContinued: Bool { get }

    /// How many bytes the file has up to the end of the last whole record.
    var intactByteCount: Int { get }

    /// Whether the last record was whole though it had no line break.
    var lacksLineBreak: Bool { get }
}

extension ResultSourceReader {
    package var complexity: ModelComplexity? { nil }
    package var isContinued: Bool { false }
}

/// An encoder of a format whose files a later run can go on with.
protocol ResumableEncoder: ResultEncoder {
    /// Makes a reader of one file.
    func makeSourceReader() -> any ResultSourceReader
}

extension ResultFormat {
    /// Makes a reader of one file; `nil` when the format's files cannot be gone on with.
    package func makeSourceReader() -> (any ResultSourceReader)? {
        if isReadable { return PoseSourceReader() }
        guard let encoder = makeEncoder() as? any ResumableEncoder else { return nil }
        return encoder.makeSourceReader()
    }
}

/// Reads `pose/1`.
private struct PoseSourceReader: ResultSourceReader {
    private var reader = PoseStreamReader()

    mutating func append(_ bytes: [UInt8]) { reader.append(bytes) }

    mutating func finish() { reader.finish(droppingBrokenEnd: true) }

    private(set) var complexity: ModelComplexity?
    private(set) var recordRange = 0..<0

    mutating func next() throws(PoseError) -> String? {
        let start = reader.intactByteCount
        defer { recordRange = start..<reader.intactByteCount }
        let header = try reader.nextHeader()
        complexity = header?.complexity
        return header?.source
    }

    var intactByteCount: Int { reader.intactByteCount }

    var lacksLineBreak: Bool { reader.lacksLineBreak }
}
