// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseImaging
import PosePrivacy
import PoseReference
import PoseTestSupport
import Testing

/// Set-up has the face networks from the same package as the networks it must have, and goes on without them.
private let faceNetworks: ConditionTrait = .enabled(
    if: FaceRange.all.allSatisfy {
        FileManager.default.fileExists(
            atPath: Media.modelsDirectory.appending(path: $0.catalogModel.fileName).path
        )
    },
    "\(FaceRange.all.map(\.catalogModel.fileName).joined(separator: " or ")) is missing: set-up reached none of its sources"
)

@Suite(faceNetworks) struct FacesTests {
    private static let models = Result { try FaceModels(store: Media.models, people: .full) }

    private func find(
        _ image: ImageBuffer,
        _ effort: FaceSearchEffort = .quick,
        _ options: FaceSearchOptions = FaceSearchOptions(),
        threadCount: Int = 2
    ) throws -> FoundFaces {
        var finder = FaceFinder(models: try Self.models.get(), threadCount: threadCount, effort: effort)
        return try image.withView { try finder.find(in: $0, options: options) }
    }

    /// The limits of `pose-bench faces`, on the pictures of set-up and with less effort.
    @Test func facesThatAnotherDetectorSeesAreCoveredAndLittleElse() throws {
        let file = Media.goldens.appending(path: "faces.json")
        let witness = try JSONDecoder().decode(WitnessedPictures.self, from: Data(contentsOf: file))
        let labels = try JSONDecoder().decode(
            LabelledPictures.self,
            from: Data(contentsOf: Media.goldens.appending(path: "people.json"))
        )
        var (faces, open, excess) = (0, 0, 0.0)
        for picture in witness.pictures {
            let image = try Media.picture(picture.file)
            let people = labels.pictures.first { $0.file == picture.file }?.people ?? []
            let match = try FaceMatch(
                find(image).faces,
                CoverOptions(),
                witnessed: picture.faces,
                heads: people.compactMap(\.head),
                width: image.width,
                height: image.height
            )
            if !match.openFaces.isEmpty { print("\(picture.file): open \(match.openFaces)") }
            faces += match.sureFaces
            open += match.openFaces.count
            excess += match.excess
        }
        let mean = excess / Double(witness.pictures.count)
        print("\(faces) faces, \(open) left open, \(mean) of the area covered for nothing")
        #expect(faces == 12)
        #expect(open == 0)
        #expect(mean < 0.01)
    }

    @Test func nothingDependsOnTheNumberOfThreads() throws {
        let image = try Media.picture("bus.jpg").window(x: 0, y: 380, width: 400, height: 300)
        let one = try find(image, .full, threadCount: 1)
        #expect(try find(image, .full, threadCount: 3) == one)
        #expect(one.faces.count >= 2)
    }

    /// A region holds the face's points, the forehead above them and the chin below, and lies as the face does.
    @Test func regionsHoldTheWholeFace() throws {
        let image = try Media.picture("astronaut.png")
        let found = try find(image)
        let face = try #require(found.faces.first)
        #expect(face.witness == .face)
        // Read off the picture: hairline, chin, and both sides of the face at the ears.
        for (x, y) in [(222.0, 62.0), (228, 172), (180, 110), (268, 105)] {
            let (cosine, sine) = (cos(face.rotation), sin(face.rotation))
            let (dx, dy) = (x - face.centerX, y - face.centerY)
            let across = (dx * cosine + dy * sine) / (face.width / 2)
            let along = (dy * cosine - dx * sine) / (face.height / 2)
            #expect(across * across + along * along <= 1.1, "\(x),\(y) in \(face)")
        }
    }

    @Test func facesAtTheBorderAreCovered() throws {
        // The picture ends in the middle of the face, on its left and at its bottom.
        let image = try Media.picture("astronaut.png")
        let found = try find(image.window(x: 215, y: 0, width: 290, height: 400))
        #expect(found.faces.contains { $0.centerX - $0.width / 2 < 0 && $0.centerY < 200 }, "\(found.faces)")
    }

    @Test(arguments: [3, 6, 8])
    func turnedPicturesShowTheSameFaceWhereAsked(orientation: Int) throws {
        let picture = try Media.picture("astronaut.png").window(x: 80, y: 0, width: 300, height: 300)
        let turned = try picture.applyingOrientation(orientation)
        let found = try find(turned, .quick, FaceSearchOptions(turned: true))
        let face = try #require(found.faces.first)
        let expected: (x: Double, y: Double) =
            switch orientation {
            case 3: (300 - 145, 300 - 118)
            case 6: (300 - 118, 145)
            default: (118, 300 - 145)
            }
        #expect(abs(face.centerX - expected.x) < 25 && abs(face.centerY - expected.y) < 25, "\(face)")
    }

    @Test func placesMarkedByHandAreHiddenInAnyCase() throws {
        let image = ImageBuffer(width: 300, height: 200)
        let mark = FaceRegion(centerX: 50, centerY: 50, width: 20, height: 30, score: 1, witness: .face)
        let found = try find(image, .quick, FaceSearchOptions(addedFaces: [mark]))
        #expect(found.faces.count == 1)
        #expect(found.faces.first?.witness == .hand)
        #expect(found.keepingLargest() == found)
    }

    @Test(arguments: [(1, 1), (1, 400), (700, 3)])
    func picturesOfAnySizeAreSearched(width: Int, height: Int) throws {
        #expect(try find(ImageBuffer.noise(width: width, height: height, seed: 2), .full).faces.isEmpty)
    }

    @Test func cancellationEndsTheSearch() throws {
        let image = try Media.picture("group.jpg")
        let token = CancellationToken()
        token.cancel()
        var finder = FaceFinder(models: try Self.models.get(), threadCount: 1, effort: .quick)
        let error = #expect(throws: PoseError.self) {
            try image.withView { try finder.find(in: $0, cancellation: token) }
        }
        #expect(error?.code == .cancelled)
    }

    @Test func peopleCannotBeLookedForWithoutTheirNetwork() throws {
        let models = try FaceModels(store: Media.models, people: nil)
        var finder = FaceFinder(models: models, effort: .full)
        let error = #expect(throws: PoseError.self) {
            try ImageBuffer(width: 9, height: 9).withView { try finder.find(in: $0) }
        }
        #expect(error?.code == .invalidOption)
    }
}

@Suite struct FacesSelectionTests {
    private func face(_ x: Double, _ y: Double, _ size: Double, _ witness: FaceWitness = .face) -> FaceRegion
    {
        FaceRegion(centerX: x, centerY: y, width: size, height: size, score: 0.9, witness: witness)
    }

    @Test func theLargestFaceStaysOpenWithItsDoubts() {
        let (large, small) = (face(10, 10, 50), face(300, 200, 30))
        var found = FoundFaces(faces: [face(500, 10, 90, .hand), large, small], peopleCount: 2)
        found.doubts = [PrivacyDoubt(.weakFace, at: large), PrivacyDoubt(.weakFace, at: small)]
        let kept = found.keepingLargest()
        #expect(kept.faces == [face(500, 10, 90, .hand), small])
        #expect(kept.doubts == [PrivacyDoubt(.weakFace, at: small)])
        #expect(kept.peopleCount == 2)
    }

    @Test func theSubjectIsTheLargestFaceNearTheMiddle() {
        let (corner, middle) = (face(20, 20, 60), face(310, 250, 50))
        let found = FoundFaces(faces: [corner, middle, face(320, 240, 10)])
        #expect(
            found.keepingSubject(imageWidth: 640, imageHeight: 480).faces == [corner, face(320, 240, 10)]
        )
    }

    @Test func withoutFacesNothingChanges() {
        let found = FoundFaces(faces: [])
        #expect(found.keepingLargest() == found)
        #expect(found.keepingSubject(imageWidth: 10, imageHeight: 10) == found)
    }
}
