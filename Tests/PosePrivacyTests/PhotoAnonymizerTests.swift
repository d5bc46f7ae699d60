// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseEstimation
import PoseImaging
import PosePrivacy
import PoseTestSupport
import Testing

@Suite("Hiding the faces of a photo") struct PhotoAnonymizerTests {
    /// The box of the face in zidane.jpg on the right.
    private static let face = FaceRegion(
        centerX: 1000,
        centerY: 190,
        width: 150,
        height: 200,
        score: 0.9,
        witness: .face
    )

    /// An anonymizer to which a picture has what a test says.
    private func anonymizer(_ found: FoundFaces) -> PhotoAnonymizer {
        PhotoAnonymizer { _, _, _ throws(PrivacyError) in found }
    }

    private func withExif() throws -> (file: [UInt8], thumbnail: [UInt8]) {
        let picture = try Media.picture("portrait.jpg")
        let thumbnail = try ImageEncoder.encode(ImageBuffer(width: 64, height: 64), as: .jpeg, quality: 50)
        #expect(picture.width > 64)
        return (ExifSample.jpeg(try Media.bytes("portrait.jpg"), thumbnail: thumbnail), thumbnail)
    }

    @Test func realNetworksHideTheFaceOfAPortrait() throws {
        let models = try FaceModels(store: Media.models)
        let anonymizer = PhotoAnonymizer(models: models)
        var options = AnonymizationOptions()
        options.effort = .quick
        options.makesThumbnails = true
        let bytes = try Media.bytes("portrait.jpg")
        let photo = try anonymizer.anonymize(bytes, options: options)
        #expect(photo.refusal == nil)
        let face = try #require(photo.faces.first?.region)
        #expect(photo.thumbnails.count == photo.coveredCount)
        #expect(photo.overview != nil)
        let before = try ImageDecoder.decode(bytes).image
        let after = try ImageDecoder.decode(try #require(photo.bytes)).image
        #expect(after.width == before.width && after.height == before.height)
        // The face's middle row differs nearly everywhere, a corner nowhere.
        let row = Int(face.centerY)
        let columns = Int(face.centerX - face.width / 4)..<Int(face.centerX + face.width / 4)
        let changed = columns.count { after[$0, row] != before[$0, row] }
        #expect(changed > columns.count * 3 / 4)
        // The same bytes give the same file.
        #expect(try anonymizer.anonymize(bytes, options: options).bytes == photo.bytes)
    }

    @Test func placeMakerAndEmbeddedThumbnailAreGone() throws {
        let (file, thumbnail) = try withExif()
        // What is looked for is there before.
        #expect(ExifSample.holds(ExifSample.latitude, in: file))
        for found in [FoundFaces(faces: []), FoundFaces(faces: [Self.face])] {
            let photo = try anonymizer(found).anonymize(file)
            let written = try #require(photo.bytes)
            for secret in [ExifSample.latitude, ExifSample.maker, thumbnail] {
                #expect(!ExifSample.holds(secret, in: written))
            }
        }
    }

    @Test func aDamagedFileIsRefusedUnderStrictAndADoubtOtherwise() throws {
        let bytes = try Media.bytes("zidane.jpg")
        let cut = Array(bytes[..<(bytes.count / 2)])
        let anonymizer = anonymizer(FoundFaces(faces: []))
        let error = #expect(throws: PrivacyError.self) { try anonymizer.anonymize(cut) }
        #expect((error?.cause as? ImageError)?.code == .undecodable)
        var lenient = AnonymizationOptions()
        lenient.isStrict = false
        let photo = try anonymizer.anonymize(cut, options: lenient)
        #expect(photo.doubts.map(\.code) == [.damagedPicture])
        #expect(photo.bytes != nil)
    }

    @Test func aPersonWithoutAHeadIsWithheldUnlessLenient() throws {
        let bytes = try Media.bytes("zidane.jpg")
        let doubt = PrivacyDoubt(.personWithoutHead, at: Self.face)
        let anonymizer = anonymizer(FoundFaces(faces: [], doubts: [doubt], peopleCount: 1))
        var options = AnonymizationOptions()
        options.makesThumbnails = true
        let refused = try anonymizer.anonymize(bytes, options: options)
        #expect(refused.bytes == nil)
        #expect(refused.refusal?.code == .personWithoutHead)
        #expect(refused.overview == nil)
        options.isStrict = false
        let written = try anonymizer.anonymize(bytes, options: options)
        #expect(written.bytes != nil)
        #expect(written.doubts == [doubt])
    }

    @Test func openFacesKeepTheirPixelsAndCoveredOnesDoNot() throws {
        let png = try ImageEncoder.encode(try Media.picture("zidane.jpg"), as: .png)
        var other = Self.face
        other.centerX = 300
        var options = AnonymizationOptions()
        options.keptOpen = [PixelRectangle(around: other)]
        options.cover.style = .solid(0x12_34_56)
        let photo = try anonymizer(FoundFaces(faces: [Self.face, other])).anonymize(png, options: options)
        let before = try ImageDecoder.decode(png).image
        let after = try ImageDecoder.decode(try #require(photo.bytes)).image
        #expect(after[1000, 190] == (0x12, 0x34, 0x56))
        #expect(after[300, 190] == before[300, 190])
        #expect(after[640, 700] == before[640, 700])
        #expect(photo.faces.map(\.fate) == [.covered, .keptByHand])
        #expect(photo.isLossless)
    }

    @Test func framesForReviewSurviveTheWriting() throws {
        let png = try ImageEncoder.encode(try Media.picture("zidane.jpg"), as: .png)
        var options = AnonymizationOptions()
        options.framesCovers = true
        options.cover.style = .solid(0)
        let photo = try anonymizer(FoundFaces(faces: [Self.face])).anonymize(png, options: options)
        let after = try ImageDecoder.decode(try #require(photo.bytes)).image
        let row = (0..<after.width).map { after[$0, 190] }
        #expect(row.contains { $0.green > 150 && $0.red < 30 && $0.blue < 120 })
    }

    @Test func cancellationEndsIt() throws {
        let token = CancellationToken()
        token.cancel()
        let error = #expect(throws: PrivacyError.self) {
            try anonymizer(FoundFaces(faces: [])).anonymize(Media.bytes("bus.jpg"), cancellation: token)
        }
        #expect((error?.cause as? ImageError)?.code == .cancelled)
    }
}
