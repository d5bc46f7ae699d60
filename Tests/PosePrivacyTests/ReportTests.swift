// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseImaging
import PoseLanguage
import PosePrivacy
import Testing

@Suite("Reports of hidden faces") struct ReportTests {
    private static let face = FaceRegion(
        centerX: 100,
        centerY: 80,
        width: 40,
        height: 60,
        score: 0.875,
        witness: .head
    )
    private static let thumbnail = CoverThumbnail(bytes: [0xFF, 0xD8, 1, 2, 3], width: 8, height: 9)

    private static func report(_ name: String) -> PrivacyReport {
        var written = PrivacyRecord(failed: name, code: "x", message: "y")
        written.outcome = .written
        written.reason = nil
        written.output = "out/\(name)"
        (written.width, written.height, written.peopleCount) = (640, 480, 2)
        written.faces = [
            PrivacyRecord.Face(FaceDecision(face, .covered), thumbnail: thumbnail),
            PrivacyRecord.Face(FaceDecision(face, .keptByHand)),
        ]
        var doubtful = written
        doubtful.source = "doubtful"
        doubtful.output = "out/doubtful"
        doubtful.doubts = [PrivacyRecord.Doubt(PrivacyDoubt(.weakFace, at: face))]
        var withheld = PrivacyRecord(failed: "withheld", code: "person_without_head", message: "No head.")
        withheld.outcome = .withheld
        let failed = PrivacyRecord(failed: "failed", code: "undecodable", message: "It is cut.")
        return PrivacyReport([written, doubtful, withheld, failed])
    }

    @Test func jsonHasEveryPictureFaceAndDoubt() throws {
        let bytes = Self.report("a.jpg").json()
        let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(object["schema"] as? String == "pose-privacy/1")
        let summary = try #require(object["summary"] as? [String: Int])
        #expect(summary == ["written": 2, "withheld": 1, "failed": 1, "covered": 2, "doubts": 1])
        let pictures = try #require(object["pictures"] as? [[String: Any]])
        #expect(pictures.map { $0["source"] as? String } == ["a.jpg", "doubtful", "withheld", "failed"])
        let faces = try #require(pictures[0]["faces"] as? [[String: Any]])
        #expect(faces[0]["box"] as? [Int] == [80, 50, 40, 60])
        #expect(faces.map { $0["fate"] as? String } == ["covered", "kept_by_hand"])
        #expect(faces[0]["score"] as? Double == 0.875)
        let doubts = try #require(pictures[1]["doubts"] as? [[String: Any]])
        #expect(doubts[0]["code"] as? String == "weak_face")
        #expect((pictures[2]["reason"] as? [String: String])?["code"] == "person_without_head")
        #expect(pictures[2]["output"] == nil)
    }

    @Test func csvHasARowForEachFaceAndDoubtAndOneForNeither() {
        let text = String(decoding: Self.report("a, \"b\".jpg").csv(), as: UTF8.self)
        let rows = text.split(separator: "\r\n")
        #expect(rows.count == 1 + 2 + 3 + 1 + 1)
        #expect(
            rows[1].hasPrefix(
                "\"a, \"\"b\"\".jpg\",\"out/a, \"\"b\"\".jpg\",written,,face,covered,80,50,40,60,"
            )
        )
        let columns = Set(
            rows.dropFirst(3).map { $0.split(separator: ",", omittingEmptySubsequences: false).count }
        )
        #expect(columns == [14])
    }

    @Test(arguments: ["=1+1.jpg", "+a.jpg", "@a.jpg", "-a.jpg"])
    func aNameIsNoFormula(_ name: String) {
        let text = String(decoding: Self.report(name).csv(), as: UTF8.self)
        #expect(text.contains("\r\n'\(name),"))
    }

    @Test(arguments: Language.allCases)
    func theSheetEscapesNamesAndLoadsNothing(_ language: Language) {
        let name = "<script>alert('x')</script>&\"onerror=1.jpg"
        let html = String(decoding: ContactSheet.html(of: Self.report(name), in: language), as: UTF8.self)
        #expect(!html.contains("<script"))
        #expect(!html.contains("\"onerror"))
        #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;onerror=1.jpg"))
        #expect(!html.contains("http://") && !html.contains("https://"))
        #expect(html.contains("data:image/jpeg;base64,/9gBAgM="))
        #expect(html.contains("prefers-color-scheme:dark"))
        #expect(html.contains("lang=\"\(language.tag)\""))
    }

    @Test func theSheetBeginsWithWhatMustBeLookedAt() throws {
        let html = String(decoding: ContactSheet.html(of: Self.report("a.jpg")), as: UTF8.self)
        let places = try ["withheld", "failed", "doubtful", "a.jpg"].map { name in
            try #require(html.range(of: "<h3>\(name)</h3>")?.lowerBound)
        }
        #expect(places == places.sorted())
    }

    @Test func theSheetWarnsOfFacesThatItShows() {
        var report = Self.report("a.jpg")
        let plain = String(decoding: ContactSheet.html(of: report), as: UTF8.self)
        report.records[0].faces[0].original = Self.thumbnail
        let open = String(decoding: ContactSheet.html(of: report), as: UTF8.self)
        #expect(!plain.contains("do not give it away"))
        #expect(open.contains("do not give it away"))
    }
}
