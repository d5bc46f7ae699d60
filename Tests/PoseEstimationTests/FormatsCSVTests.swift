// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import Testing

@Suite("CSV") struct FormatsCSVTests {
    private func rows(_ records: [PoseDocument]) -> [[String]] {
        var encoder = ResultFormat.csv.makeEncoder()
        var bytes = encoder.begin()
        for record in records { bytes += encoder.encode(record) }
        bytes += encoder.end()
        #expect(bytes.last == UInt8(ascii: "\n"))
        return Self.parse(String(decoding: bytes, as: UTF8.self))
    }

    /// The cells of each row, by RFC 4180.
    private static func parse(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var isQuoted = false
        var scalars = text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"" where !isQuoted: isQuoted = true
            case "\"" where scalars.first == "\"":
                cell.unicodeScalars.append(scalar)
                scalars.removeFirst()
            case "\"": isQuoted = false
            case "," where !isQuoted:
                row.append(cell)
                cell = ""
            case "\n" where !isQuoted:
                rows.append(row + [cell])
                row = []
                cell = ""
            default: cell.unicodeScalars.append(scalar)
            }
        }
        return rows
    }

    @Test func aRowIsAPerson() throws {
        var two = FrozenDocument.document
        two.poses.append(FrozenDocument.pose)
        two.poses[1].track = PoseTrack(id: 8, state: .filled)
        two.frame = PoseFrame(index: 3, time: .milliseconds(125))
        var nobody = FrozenDocument.document
        nobody.poses = []
        let table = rows([FrozenDocument.document, nobody, two])
        try #require(table.count == 4)
        #expect(table.allSatisfy { $0.count == 9 + 33 * 8 })
        #expect(
            table[0].prefix(11) == [
                "source", "frame", "time", "person", "state", "score", "detection_score", "image_width",
                "image_height",
                "nose_x", "nose_y",
            ]
        )
        #expect(table[0].suffix(2) == ["right_foot_index_world_y", "right_foot_index_world_z"])
        #expect(table[1].prefix(9) == ["photos/a.jpg", "", "", "0", "", "0.75", "0.1", "640", "416"])
        #expect(table[2].prefix(6) == ["photos/a.jpg", "3", "0.125", "0", "", "0.75"])
        #expect(table[3].prefix(6) == ["photos/a.jpg", "3", "0.125", "8", "filled", "0.75"])
        let column = try #require(table[0].firstIndex(of: "left_eye_inner_x"))
        #expect(
            Array(table[1][column..<column + 8]) == [
                "0.015625", "0.96875", "-0.0078125", "0.984375", "0.9921875", "-0.9375", "-0.46875",
                "0.00390625",
            ]
        )
    }

    @Test(arguments: [
        "a,b.jpg", "say \"cheese\".jpg", "two\nlines", "\r", "\"", "漢字 é.png", " space ", "plain",
    ])
    func sourcesComeBack(source: String) {
        var document = FrozenDocument.document
        document.source = source
        let table = rows([document, document])
        #expect(table.dropFirst().map { $0[0] } == [source, source])
        #expect(table.allSatisfy { $0.count == 9 + 33 * 8 })
    }

    @Test func whatIsNotKnownIsEmpty() throws {
        var document = FrozenDocument.document
        document.poses[0].landmarks[0].z = .nan
        document.poses[0].worldLandmarks[32].z = .infinity
        let table = rows([document])
        let nose = try #require(table[0].firstIndex(of: "nose_z"))
        #expect(table[1][nose] == "")
        #expect(table[1].last == "")
    }

    @Test func aDocumentAloneHasItsHeader() {
        let text = String(decoding: FrozenDocument.document.encoded(as: .csv), as: UTF8.self)
        #expect(!text.hasSuffix("\n"))
        #expect(Self.parse(text + "\n") == rows([FrozenDocument.document]))
    }
}
