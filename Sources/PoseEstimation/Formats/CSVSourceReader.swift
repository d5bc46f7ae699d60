// SPDX-License-Identifier: Apache-2.0

extension CSVEncoder: ResumableEncoder {
    func makeSourceReader() -> any ResultSourceReader { CSVSourceReader(columns: allColumns) }
}

/// Reads the first column of the rows that ``CSVEncoder`` writes.
///
/// A picture without people has no row, so it is not known to be done.
struct CSVSourceReader: ResultSourceReader {
    private(set) var intactByteCount = 0
    private(set) var recordRange = 0..<0
    private(set) var isContinued = false
    let lacksLineBreak = false

    private static let personColumn = CSVEncoder.columns.firstIndex(of: "person") ?? 0

    private let columns: [String]
    private var buffer: [UInt8] = []
    private var rowCount = 0
    /// Where in the buffer the next row begins.
    private var start = 0
    /// Up to where in the buffer it was looked for the end of a row.
    private var searched = 0
    private var isQuoted = false

    init(columns: [String]) { self.columns = columns }

    mutating func append(_ bytes: [UInt8]) {
        buffer.removeFirst(start)
        searched -= start
        start = 0
        buffer += bytes
    }

    mutating func finish() {}

    mutating func next() throws(PoseError) -> String? {
        while let row = takeRow() {
            rowCount += 1
            let cells = Self.cells(of: row)
            if rowCount == 1, cells != columns, cells.starts(with: CSVEncoder.columns) {
                throw PoseError(.invalidOption, Self.objection(to: cells.count, columns.count))
            }
            guard cells.count == columns.count, rowCount > 1 || cells == columns else {
                throw PoseError(
                    .malformedResult,
                    rowCount == 1
                        ? "The first row is not the header of this program's tables."
                        : "Row \(rowCount) has \(cells.count) cells, expected \(columns.count)."
                )
            }
            recordRange = intactByteCount..<(intactByteCount + row.count + 1)
            intactByteCount = recordRange.upperBound
            guard rowCount > 1 else { continue }
            // People are numbered from 0 in each picture.
            isContinued = cells[Self.personColumn] != "0"
            return cells[0]
        }
        return nil
    }

    /// What is said of a table whose columns behind the usual ones are others.
    private static func objection(to found: Int, _ wanted: Int) -> String {
        let usual = CSVEncoder.columns.count
        if found == usual {
            return
                "The table has no columns of angles, and they are asked for now; leave that out to go on with it, or begin "
                + "anew without --resume."
        }
        return wanted == usual
            ? "The table has columns of angles; add --angles to go on with it, or begin anew without --resume."
            : "The table has other columns of angles; ask for angles as before to go on with it, or begin anew without --resume."
    }

    /// Takes the bytes up to the next line break that is not in quotes.
    private mutating func takeRow() -> [UInt8]? {
        while searched < buffer.count {
            let byte = buffer[searched]
            searched += 1
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard byte == UInt8(ascii: "\n"), !isQuoted else { continue }
            let row = Array(buffer[start..<(searched - 1)])
            start = searched
            return row
        }
        return nil
    }

    /// A row's cells, without their quotes.
    private static func cells(of row: [UInt8]) -> [String] {
        let quote = UInt8(ascii: "\"")
        var cells: [[UInt8]] = [[]]
        var isQuoted = false
        var previous: UInt8?
        for byte in row {
            if byte == quote {
                // A doubled quote inside of quotes is one.
                if !isQuoted, previous == quote { cells[cells.count - 1].append(quote) }
                isQuoted.toggle()
            } else if byte == UInt8(ascii: ","), !isQuoted {
                cells.append([])
            } else {
                cells[cells.count - 1].append(byte)
            }
            previous = byte
        }
        return cells.map { String(decoding: $0, as: UTF8.self) }
    }
}
