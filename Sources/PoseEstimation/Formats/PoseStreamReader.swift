// SPDX-License-Identifier: Apache-2.0

/// Reads `pose/1` records, one a line, from bytes that arrive in pieces of any size.
///
/// ```swift
/// var reader = PoseStreamReader()
/// reader.append(bytes)          // again for each piece
/// reader.finish()               // when there are no more
/// while let record = try reader.next() { … }
/// ```
///
/// Lines may end with a carriage return, and blank lines are passed over. A wrong line is an error that names it;
/// the line is then behind the reader, and a further call goes on with the next. Holds the bytes that were
/// appended and not yet read, so read after each piece.
public struct PoseStreamReader: Sendable {
    /// The number of the line that was read last, from 1; 0 before the first.
    public private(set) var lineNumber = 0
    /// How many bytes the stream has up to the end of the last line that could be read, or is blank.
    ///
    /// A program that goes on with a file cuts it here, which drops a ``brokenEnd``.
    public private(set) var intactByteCount = 0
    /// Whether the last line was whole though it had no line break; who appends to the file writes one first.
    public private(set) var lacksLineBreak = false
    /// What was wrong with the stream's last line, when it had no line break and was to be dropped.
    ///
    /// A program that is stopped while it writes leaves such a line.
    public private(set) var brokenEnd: PoseError?

    private let maxLineByteCount: Int
    private var buffer: [UInt8] = []
    /// How many bytes of the stream are behind the reader.
    private var consumedByteCount = 0
    /// Where in the buffer the next line begins.
    private var start = 0
    /// Up to where in the buffer there is no line break.
    private var searched = 0
    private var isFinished = false
    private var dropsBrokenEnd = false
    /// Whether the rest of a line that is too long is being passed over.
    private var isPassingOver = false

    /// Starts with nothing read.
    ///
    /// - Parameter maxLineByteCount: most bytes of a line.
    public init(maxLineByteCount: Int = 16 << 20) {
        self.maxLineByteCount = maxLineByteCount
    }

    /// Takes the next bytes of the stream.
    public mutating func append(_ bytes: some Sequence<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            searched -= start
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// Tells that there are no more bytes.
    ///
    /// - Parameter droppingBrokenEnd: whether a last line without a line break that cannot be read is put into
    ///   ``brokenEnd`` instead of being an error.
    public mutating func finish(droppingBrokenEnd: Bool = false) {
        isFinished = true
        dropsBrokenEnd = droppingBrokenEnd
    }

    /// Reads the next record.
    ///
    /// - Returns: `nil` when further bytes are needed, or after ``finish(droppingBrokenEnd:)`` at the end.
    /// - Throws: ``PoseError`` `.malformedResult` that names line, column, member and what was expected.
    public mutating func next() throws(PoseError) -> PoseDocument? {
        try read(PoseDocument.self, keeping: nil)
    }

    /// Reads what tells the next record from the others, and checks of the rest only that it is JSON.
    ///
    /// - Returns: `nil` when further bytes are needed, or after ``finish(droppingBrokenEnd:)`` at the end.
    /// - Throws: ``PoseError`` `.malformedResult` that names line, column, member and what was expected.
    public mutating func nextHeader() throws(PoseError) -> PoseRecordHeader? {
        try read(PoseRecordHeader.self, keeping: PoseRecordHeader.names)
    }

    private mutating func read<T: Decodable>(
        _ type: T.Type,
        keeping: Set<String>?
    ) throws(PoseError) -> T? {
        while let line = try takeLine() {
            let isBlank = line.bytes.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
            var record: T?
            do throws(PoseError) {
                if !isBlank { record = try parse(line.bytes, keeping) }
            } catch {
                guard dropsBrokenEnd, !line.hasBreak else { throw error }
                brokenEnd = error
                return nil
            }
            intactByteCount = consumedByteCount
            lacksLineBreak = !line.hasBreak
            if let record { return record }
        }
        return nil
    }

    private func parse<T: Decodable>(_ line: [UInt8], _ keeping: Set<String>?) throws(PoseError) -> T {
        try PoseError.reading(
            T.self,
            from: line,
            maxByteCount: maxLineByteCount,
            firstLine: lineNumber,
            keeping: keeping
        )
    }

    /// - Returns: the next line; `nil` when further bytes are needed, or there are none.
    private mutating func takeLine() throws(PoseError) -> (bytes: [UInt8], hasBreak: Bool)? {
        while let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = take(to: end)
            consumedByteCount += 1
            start += 1
            searched = start
            guard isPassingOver else { return (line, true) }
            isPassingOver = false
        }
        searched = buffer.count
        let rest = buffer.count - start
        if isPassingOver {
            _ = take(to: buffer.count)
        } else if rest > maxLineByteCount {
            _ = take(to: buffer.count)
            isPassingOver = true
            throw PoseError(
                .malformedResult,
                "Line \(lineNumber) has more than \(maxLineByteCount) bytes; pose/1 has one record a line."
            )
        } else if isFinished, rest > 0 {
            return (take(to: buffer.count), false)
        }
        return nil
    }

    /// Takes the bytes up to a position off the buffer; those of a new line count it.
    private mutating func take(to end: Int) -> [UInt8] {
        if !isPassingOver { lineNumber += 1 }
        defer {
            consumedByteCount += end - start
            start = end
        }
        return isPassingOver ? [] : Array(buffer[start..<end])
    }
}
