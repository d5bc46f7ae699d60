// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PosePrivacy
import PoseTestSupport
import Testing

@Suite("Sidecars") struct SidecarTests {
    private static let hash = String(repeating: "a1", count: 32)
    private static let other = String(repeating: "b2", count: 32)
    private static let box = PixelRectangle(x: 1, y: -2, width: 30, height: 40)

    private static func entry(_ name: String, _ hash: String?, _ edits: FaceEdits = FaceEdits())
        -> Sidecar.Entry
    {
        Sidecar.Entry(source: name, sha256: hash, edits: edits)
    }

    @Test func decisionsSurviveWritingAndReading() throws {
        let edits = FaceEdits(added: [Self.box], keptOpen: [Self.box, Self.box])
        let sidecar = Sidecar([
            Self.entry("a \"b\"\n.jpg", Self.hash, edits), Self.entry("c\\xFF.jpg", nil, edits),
        ])
        #expect(try Sidecar(json: sidecar.json()) == sidecar)
    }

    @Test func aPictureIsKnownByItsBytesWhateverItsName() {
        let edits = FaceEdits(added: [Self.box])
        let sidecar = Sidecar([Self.entry("old.jpg", Self.hash, edits)])
        #expect(sidecar.match(source: "new.jpg", sha256: Self.hash) == .edits(edits))
        #expect(sidecar.match(source: "new.jpg", sha256: Self.other) == .edits(FaceEdits()))
    }

    @Test func decisionsAboutOtherBytesOfTheSameNameAreNotApplied() {
        let edits = FaceEdits(keptOpen: [Self.box])
        let sidecar = Sidecar([Self.entry("a.jpg", Self.hash, edits)])
        #expect(sidecar.match(source: "a.jpg", sha256: Self.other) == .anotherPicture)
        let empty = Sidecar([Self.entry("a.jpg", Self.hash)])
        #expect(empty.match(source: "a.jpg", sha256: Self.other) == .edits(FaceEdits()))
    }

    @Test func anEntryWithoutAHashIsKnownByItsWholeName() {
        let edits = FaceEdits(added: [Self.box])
        let sidecar = Sidecar([Self.entry("d/a.jpg", nil, edits)])
        #expect(sidecar.match(source: "d/a.jpg", sha256: Self.hash) == .edits(edits))
        #expect(sidecar.match(source: "e/d/a.jpg", sha256: Self.hash) == .edits(FaceEdits()))
    }

    @Test func aRunReplacesWhatWasFoundAndKeepsOtherDecisions() {
        let edits = FaceEdits(added: [Self.box])
        var sidecar = Sidecar([Self.entry("a.jpg", Self.hash, edits), Self.entry("b.jpg", Self.other)])
        sidecar.update(Self.entry("a.jpg", Self.other))
        sidecar.update(Self.entry("b.jpg", Self.hash))
        #expect(sidecar.entries.count == 3)
        #expect(sidecar.entries[0].edits == edits)
        #expect(sidecar.entries[1].sha256 == Self.hash)
    }

    @Test(
        arguments: [
            "", "[]", "{}", #"{"schema":"pose-privacy-sidecar/2","pictures":[]}"#,
            #"{"schema":"pose-privacy-sidecar/1"}"#, #"{"schema":"pose-privacy-sidecar/1","pictures":[{}]}"#,
            #"{"schema":"pose-privacy-sidecar/1","pictures":[{"source":"a","add":[[1,2,3]]}]}"#,
            #"{"schema":"pose-privacy-sidecar/1","pictures":[{"source":"a","keep":[[1,2,3.5,4]]}]}"#,
            #"{"schema":"pose-privacy-sidecar/1","pictures":[{"source":"a","keep":[[1,2,0,4]]}]}"#,
            #"{"schema":"pose-privacy-sidecar/1","pictures":[{"source":"a","add":[[1,2,3,1e400]]}]}"#,
            #"{"schema":"pose-privacy-sidecar/1","pictures":[{"source":"a","sha256":"xyz"}]}"#,
        ]
    )
    func whatIsNoneIsRefused(_ text: String) {
        let error = #expect(throws: PrivacyError.self) { try Sidecar(json: Array(text.utf8)) }
        #expect(error?.code.description == "malformed_sidecar")
    }

    @Test func damageGivesErrorsOnly() {
        let edits = FaceEdits(added: [Self.box], keptOpen: [Self.box])
        let whole = Sidecar([Self.entry("a.jpg", Self.hash, edits)]).json()
        for count in 0..<(whole.count - 1) {
            _ = try? Sidecar(json: Array(whole[..<count]))
        }
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            var changed = whole
            changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(
                in: 0...255,
                using: &generator
            )
            _ = try? Sidecar(json: changed)
        }
    }
}
