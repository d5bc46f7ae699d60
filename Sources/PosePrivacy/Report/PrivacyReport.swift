// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation
internal import PoseImaging

/// What a run did with many pictures and videos: for programs as JSON and CSV, for people as a contact sheet.
public struct PrivacyReport: Sendable {
    /// The name of the JSON's shape.
    public static let schema = "pose-privacy/1"

    /// What became of each, in the order in which they came.
    public var records: [PrivacyRecord]

    /// Makes a report.
    public init(_ records: [PrivacyRecord] = []) {
        self.records = records
    }

    /// How many of an outcome there are.
    public func count(_ outcome: PrivacyRecord.Outcome) -> Int { records.count { $0.outcome == outcome } }

    /// How many faces are covered.
    public var coveredCount: Int { records.reduce(0) { $0 + $1.coveredCount } }

    /// How many doubts there are.
    public var doubtCount: Int { records.reduce(0) { $0 + $1.doubts.count } }

    // MARK: - JSON

    /// The report as JSON, one line in UTF-8.
    ///
    /// Boxes are left edge, top edge, width and height in pixels of the upright picture, without the covers' margin.
    public func json() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { report in
            report.member("schema", Self.schema)
            report.member("version", PoseVersion.current)
            report.member("summary") { summary in
                for outcome in PrivacyRecord.Outcome.allCases {
                    summary.member(outcome.rawValue, count(outcome))
                }
                summary.member("covered", coveredCount)
                summary.member("doubts", doubtCount)
            }
            report.key("pictures")
            report.array { list in
                for record in records { list.object { Self.write(record, into: &$0) } }
            }
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    private static func write(_ record: PrivacyRecord, into object: inout JSONWriter) {
        object.member("source", record.source)
        if let output = record.output { object.member("output", output) }
        object.member("outcome", record.outcome.rawValue)
        if let reason = record.reason {
            object.member("reason") {
                $0.member("code", reason.code)
                $0.member("message", reason.message)
            }
        }
        if record.width > 0 {
            object.member("width", record.width)
            object.member("height", record.height)
        }
        if let seconds = record.seconds { object.member("seconds", rounded(seconds)) }
        object.member("people", record.peopleCount)
        object.member("lossless", record.isLossless)
        object.key("faces")
        object.array { list in
            for face in record.faces {
                list.object {
                    write(face.decision, into: &$0)
                    write(face.seconds, into: &$0)
                }
            }
        }
        object.key("doubts")
        object.array { list in
            for doubt in record.doubts {
                list.object {
                    write(doubt.doubt, into: &$0)
                    write(doubt.seconds, into: &$0)
                }
            }
        }
        object.key("warnings")
        object.array { list in for warning in record.warnings { list.value(warning) } }
    }

    /// Writes the members of a face.
    package static func write(_ decision: FaceDecision, into object: inout JSONWriter) {
        write(decision.region, into: &object)
        object.member("fate", decision.fate.rawValue)
    }

    /// Writes the members of a doubt.
    package static func write(_ doubt: PrivacyDoubt, into object: inout JSONWriter) {
        object.member("code", doubt.code.rawValue)
        if let region = doubt.region { write(region, into: &object) }
    }

    private static func write(_ region: FaceRegion, into object: inout JSONWriter) {
        object.key("box")
        object.array { for number in PixelRectangle(around: region).numbers { $0.value(number) } }
        if region.rotation != 0 { object.member("rotation", rounded(region.rotation)) }
        object.member("score", rounded(region.score))
        object.member("witness", region.witness.rawValue)
    }

    private static func write(_ seconds: ClosedRange<Double>?, into object: inout JSONWriter) {
        guard let seconds else { return }
        object.member("from", rounded(seconds.lowerBound))
        object.member("to", rounded(seconds.upperBound))
    }

    /// Three decimals; more say nothing.
    static func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }

    // MARK: - CSV

    /// The report as a table: a row for each face and each doubt, and one for a picture that has neither.
    ///
    /// Source: RFC 4180; a name that a spreadsheet would take for a formula has an apostrophe in front of it.
    public func csv() -> [UInt8] {
        var text = "source,output,outcome,reason,kind,code,x,y,width,height,score,witness,from,to\r\n"
        for record in records {
            let start = [
                record.source, record.output ?? "", record.outcome.rawValue, record.reason?.code ?? "",
            ]
            var rows = record.faces.map { face in
                ["face", face.decision.fate.rawValue] + Self.cells(face.decision.region)
                    + Self.cells(face.seconds)
            }
            rows += record.doubts.map { doubt in
                ["doubt", doubt.doubt.code.rawValue] + Self.cells(doubt.doubt.region)
                    + Self.cells(doubt.seconds)
            }
            if rows.isEmpty { rows = [["none", ""] + Self.cells(nil as FaceRegion?) + ["", ""]] }
            for row in rows { text += (start + row).map(Self.cell).joined(separator: ",") + "\r\n" }
        }
        return Array(text.utf8)
    }

    private static func cells(_ region: FaceRegion?) -> [String] {
        guard let region else { return Array(repeating: "", count: 6) }
        return PixelRectangle(around: region).numbers.map(String.init)
            + ["\(rounded(region.score))", region.witness.rawValue]
    }

    private static func cells(_ seconds: ClosedRange<Double>?) -> [String] {
        seconds.map { ["\(rounded($0.lowerBound))", "\(rounded($0.upperBound))"] } ?? ["", ""]
    }

    private static func cell(_ text: String) -> String {
        var text = text
        if let first = text.first, "=+@\t\r".contains(first) || (first == "-" && Double(text) == nil) {
            text = "'" + text
        }
        let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
