// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PosePrivacy
import Testing

@Suite("Which faces are covered") struct PhotoSelectionTests {
    private static func face(_ x: Double, _ y: Double, size: Double) -> FaceRegion {
        FaceRegion(centerX: x, centerY: y, width: size, height: size, score: 0.9, witness: .face)
    }

    private static let large = face(500, 500, size: 200)
    private static let near = face(250, 500, size: 120)
    private static let far = face(900, 100, size: 40)
    private static let found = FoundFaces(faces: [large, near, far], peopleCount: 3)

    private func fates(
        _ found: FoundFaces = found,
        _ change: (inout AnonymizationOptions) -> Void
    ) -> [FaceFate] {
        var options = AnonymizationOptions()
        change(&options)
        let selection = FaceSelection(found, options: options, imageWidth: 1000, imageHeight: 1000)
        return selection.decisions.map(\.fate)
    }

    @Test func everyFaceIsCoveredUnlessTold() {
        #expect(fates { _ in } == [.covered, .covered, .covered])
    }

    @Test func theLargestAloneStaysOpen() {
        #expect(fates { $0.openFaces = .largest } == [.keptLargest, .covered, .covered])
    }

    @Test func facesInFrontStayOpenAndThoseBehindDoNot() {
        #expect(fates { $0.openFaces = .foreground } == [.keptForeground, .keptForeground, .covered])
    }

    @Test func aKeptPlaceOpensTheFaceThereAndNoOther() {
        let box = PixelRectangle(around: Self.near)
        #expect(fates { $0.keptOpen = [box] } == [.covered, .keptByHand, .covered])
        let elsewhere = PixelRectangle(x: box.x + box.width, y: box.y, width: box.width, height: box.height)
        #expect(fates { $0.keptOpen = [elsewhere] } == [.covered, .covered, .covered])
    }

    @Test func anAddedFaceIsCoveredThoughItsPlaceIsKept() {
        let box = PixelRectangle(x: 10, y: 10, width: 50, height: 60)
        let fates = fates {
            $0.added = [box]
            $0.keptOpen = [box]
            $0.openFaces = .largest
        }
        #expect(fates == [.keptLargest, .covered, .covered, .covered])
    }

    @Test func nothingBreaksWithoutAnyFace() {
        for open in OpenFaces.allCases {
            #expect(fates(FoundFaces(faces: [])) { $0.openFaces = open }.isEmpty)
        }
    }

    @Test func aDoubtIsAnsweredByAMarkOnItsPlaceOnly() {
        let head = Self.face(300, 300, size: 100)
        let found = FoundFaces(faces: [], doubts: [PrivacyDoubt(.personWithoutHead, at: head)])
        func blocking(_ change: (inout AnonymizationOptions) -> Void) -> PrivacyDoubt? {
            var options = AnonymizationOptions()
            change(&options)
            return FaceSelection(found, options: options, imageWidth: 1000, imageHeight: 1000).blockingDoubt
        }
        let there = PixelRectangle(x: 280, y: 270, width: 60, height: 60)
        let elsewhere = PixelRectangle(x: 600, y: 600, width: 60, height: 60)
        #expect(blocking { _ in } != nil)
        #expect(blocking { $0.added = [elsewhere] } != nil)
        #expect(blocking { $0.added = [there] } == nil)
        #expect(blocking { $0.keptOpen = [there] } == nil)
    }

    @Test func aDoubtWithoutAPlaceIsNeverAnswered() {
        let found = FoundFaces(faces: [], doubts: [PrivacyDoubt(.personWithoutHead)])
        var options = AnonymizationOptions()
        options.added = [PixelRectangle(x: 0, y: 0, width: 1000, height: 1000)]
        let selection = FaceSelection(found, options: options, imageWidth: 1000, imageHeight: 1000)
        #expect(selection.blockingDoubt != nil)
    }

    @Test(
        arguments: [
            ("1,2,3,4", true), ("-5,-6,3,4", true), ("1,2,3", false), ("1,2,3,4,5", false),
            ("1,2,0,4", false),
            ("1,2,3,-4", false), ("1.5,2,3,4", false), ("a,1,2,3,4", false), ("", false),
            ("99999999999,0,1,1", false), ("1, 2,3,4", false),
        ]
    )
    func boxesAreFourWholeNumbers(_ text: String, _ isBox: Bool) {
        #expect((PixelRectangle(text) != nil) == isBox)
    }

    @Test func theBoxOfATurnedEllipseHoldsIt() {
        let upright = FaceRegion(
            centerX: 100,
            centerY: 100,
            width: 40,
            height: 80,
            score: 1,
            witness: .face
        )
        #expect(PixelRectangle(around: upright) == PixelRectangle(x: 80, y: 60, width: 40, height: 80))
        var lying = upright
        lying.rotation = .pi / 2
        let box = PixelRectangle(around: lying)
        #expect(abs(box.width - 80) <= 2 && abs(box.height - 40) <= 2)
        var broken = upright
        broken.centerX = .nan
        broken.width = .infinity
        #expect(PixelRectangle(around: broken).width >= 1)
    }
}
