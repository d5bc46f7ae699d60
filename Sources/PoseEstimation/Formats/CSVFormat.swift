// SPDX-License-Identifier: Apache-2.0

extension ResultFormat {
    /// A table, one row a person.
    public static let csv = ResultFormat(
        name: "csv",
        summary: "a table for spreadsheets and data frames, one row a person",
        fileExtension: "csv",
        mediaType: "text/csv",
        sharesDocument: true,
        makeEncoder: { CSVEncoder() }
    )
}

/// Writes a table with a header, one row a person; a record without people has none.
///
/// Source: RFC 4180, with a line feed alone at the end of each row.
package struct CSVEncoder: ResultEncoder {
    /// Columns behind the others, whose cells come from elsewhere.
    package struct Addition: Sendable {
        /// Their names.
        package var columns: [String]
        /// The cells of a person, numbers as text: as many as columns, empty ones for what is not known.
        package var cells: @Sendable (_ record: PoseDocument, _ person: Int) -> [String]

        /// Names columns.
        ///
        /// - Parameters:
        ///   - columns: their names.
        ///   - cells: makes the cells of a person.
        package init(
            columns: [String],
            cells: @escaping @Sendable (_ record: PoseDocument, _ person: Int) -> [String]
        ) {
            self.columns = columns
            self.cells = cells
        }
    }

    private let addition: Addition?

    /// Makes an encoder.
    ///
    /// - Parameter addition: columns behind the others.
    package init(adding addition: Addition? = nil) { self.addition = addition }

    /// The columns' names.
    package static let columns: [String] = {
        let record = ["source", "frame", "time"]
        let person = ["person", "state", "score", "detection_score"]
        let parts = ["x", "y", "z", "visibility", "presence", "world_x", "world_y", "world_z"]
        let landmarks = PoseLandmark.allCases.flatMap { landmark in parts.map { "\(landmark.name)_\($0)" } }
        return record + person + ["image_width", "image_height"] + landmarks
    }()

    package mutating func begin() -> [UInt8] { header + [Self.lineFeed] }

    package mutating func encode(_ record: PoseDocument) -> [UInt8] {
        rows(of: record).reduce(into: []) { bytes, row in
            bytes += row
            bytes.append(Self.lineFeed)
        }
    }

    package func document(_ record: PoseDocument) -> [UInt8] {
        Array(([header] + rows(of: record)).joined(separator: [Self.lineFeed]))
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private var header: [UInt8] { Array(allColumns.joined(separator: ",").utf8) }

    /// The columns' names, with those that are added.
    var allColumns: [String] { Self.columns + (addition?.columns ?? []) }

    private func rows(of record: PoseDocument) -> [[UInt8]] {
        record.poses.enumerated().map { index, pose in
            var row = CSVRow()
            row.append(record.source)
            row.append(record.frame.map { String($0.index) } ?? "")
            row.append(record.frame?.seconds ?? .nan)
            row.append(String(pose.track?.id ?? index))
            row.append(pose.track?.state.rawValue ?? "")
            row.append(pose.score)
            row.append(pose.detectionScore)
            row.append(String(record.imageWidth))
            row.append(String(record.imageHeight))
            for (point, world) in zip(pose.landmarks, pose.worldLandmarks) {
                for number in [point.x, point.y, point.z, point.visibility, point.presence] {
                    row.append(number)
                }
                for number in [world.x, world.y, world.z] { row.append(number) }
            }
            for cell in addition?.cells(record, index) ?? [] { row.append(cell) }
            return row.bytes
        }
    }
}

/// The cells of one row.
private struct CSVRow {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    /// Appends a text, in quotes where it needs them.
    mutating func append(_ text: String) {
        separate()
        let isSpecial: (UInt8) -> Bool = { [0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "\"")].contains($0) }
        guard text.utf8.contains(where: isSpecial) else {
            bytes += text.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for unit in text.utf8 {
            if unit == UInt8(ascii: "\"") { bytes.append(unit) }
            bytes.append(unit)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends a number with a decimal point; nothing when it is not finite.
    mutating func append(_ number: some BinaryFloatingPoint & CustomStringConvertible) {
        separate()
        if number.isFinite { bytes += JSONWriter.shortest(number.description).utf8 }
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }
}
