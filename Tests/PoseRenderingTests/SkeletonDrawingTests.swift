// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseImaging
import PoseRendering
import PoseTestSupport
import Testing

/// How people are laid out, before anything is painted.
struct SkeletonDrawingTests {
    /// The joints of a drawing with their largest radius.
    private func joints(_ drawing: SkeletonDrawing) -> [Int: SkeletonDisc] {
        var joints: [Int: SkeletonDisc] = [:]
        for mark in drawing.marks {
            guard case .discs(let discs, _) = mark else { continue }
            for disc in discs where disc.radius > joints[disc.landmark]?.radius ?? -1 {
                joints[disc.landmark] = disc
            }
        }
        return joints
    }

    private func photoPeople(_ name: String) throws -> ([Pose], ImageBuffer) {
        let picture = try Media.picture(name)
        var options = PoseOptions()
        options.maxPeople = 5
        var landmarker = PoseLandmarker(model: try Media.model())
        return (try landmarker.detect(in: picture, options: options).poses, picture)
    }

    @Test(arguments: ["bus.jpg", "group.jpg", "astronaut.png"], [0.02, 0.1, 1, 6])
    func jointsOfRealPeopleNeverOverlap(name: String, scale: Double) throws {
        let (people, picture) = try photoPeople(name)
        #expect(!people.isEmpty)
        let width = Int(Double(picture.width) * scale)
        let height = Int(Double(picture.height) * scale)
        for style in SkeletonStyle.allCases {
            for (index, person) in people.enumerated() {
                let drawing = SkeletonDrawing(
                    person,
                    index: index,
                    style: style,
                    width: width,
                    height: height
                )
                let joints = Array(joints(drawing).values)
                #expect(joints.count > 5)
                for (place, one) in joints.enumerated() {
                    for other in joints[(place + 1)...] {
                        let (x, y) = (one.center.x - other.center.x, one.center.y - other.center.y)
                        let distance = (x * x + y * y).squareRoot()
                        // Closer than a quarter of a pixel is one place.
                        guard distance >= 0.25 else { continue }
                        #expect(max(one.radius, other.radius) <= distance / 2 + 1e-9)
                    }
                }
            }
        }
    }

    /// The widest line over the widest edge: bones of the body.
    private func boneWidth(_ drawing: SkeletonDrawing) -> Double {
        let widths = drawing.marks.compactMap { mark -> Double? in
            if case .lines(_, let width, let colour) = mark, colour.red == 255 { width } else { nil }
        }
        return widths.max() ?? 0
    }

    @Test func bonesAreAsWideAsThePersonIsLargeWhateverThePicture() {
        func width(_ scale: Float, _ side: Int) -> Double {
            boneWidth(
                SkeletonDrawing(standing(scale: scale), index: 0, style: .classic, width: side, height: side)
            )
        }
        #expect(abs(width(1, 1000) - width(0.25, 4000)) < 1e-3)
        #expect(abs(width(1, 4000) - 4 * width(1, 1000)) < 1e-3)
        // A diagonal of 0.92 by 0.34 of the picture.
        #expect(abs(width(1, 1000) - 10.1) < 0.5)
    }

    @Test func classicIsAnEdgeThenWhiteBonesThenWhiteRingsThenRedJoints() {
        let drawing = SkeletonDrawing(standing(), index: 0, style: .classic, width: 600, height: 600)
        let colours = drawing.marks.map { mark in
            switch mark {
            case .lines(_, _, let colour): "line \(colour.red) \(colour.green)"
            case .discs(_, let colour): "disc \(colour.red) \(colour.green)"
            case .outlines(_, let colour): "outline \(colour.red) \(colour.green)"
            }
        }
        let expected = [
            "line 32 36", "line 32 36", "line 255 255", "line 255 255", "disc 255 255", "disc 255 0",
        ]
        #expect(colours == expected)
    }

    @Test func whiteBonesShowOnWhite() throws {
        var image = plain(600, 600, red: 255, green: 255, blue: 255)
        try SkeletonRenderer(style: .classic).draw([standing()], on: &image)
        // Across the left shin.
        let shades = (330..<366).map { image.colour($0, 480).green }
        #expect(shades.min() ?? 255 < 60)
        #expect(image.colour(348, 480) == .white)
        #expect(shades.first == 255 && shades.last == 255)
    }

    @Test func ringsAreWhiteAroundRedJoints() throws {
        var image = plain(600, 600)
        try SkeletonRenderer(style: .classic).draw([figure([.leftKnee: (0.5, 0.5)])], on: &image)
        #expect(image.colour(300, 300) == .red)
        let person = standing()
        image = plain(600, 600)
        try SkeletonRenderer(style: .classic).draw([person], on: &image)
        let knee = person[.rightKnee]
        let (x, y) = (Int((knee.x * 600).rounded()), Int((knee.y * 600).rounded()))
        #expect(image.colour(x, y) == .red)
        let row = (0..<20).map { image.colour(x - $0, y) }
        let ring = try #require(row.firstIndex { $0 == .white })
        #expect(row[..<ring].contains(.red))
        #expect(row[ring...].contains(.paper))
    }

    @Test func landmarksOfOnePlaceAreStillSeen() throws {
        var image = plain(200, 200)
        let place: (x: Float, y: Float) = (0.5, 0.5)
        try SkeletonRenderer().draw([figure([.leftWrist: place, .leftThumb: place])], on: &image)
        #expect(image.colour(100, 100) == .red)
    }

    @Test func theTableIsAModuleOfScript() {
        let script = SkeletonTable.script
        #expect(script.contains("export const table = {\"minVisibility\":0.5,"))
        #expect(script.contains("{\"name\":\"left_pinky\",\"side\":\"left\",\"part\":\"hand\"}"))
        #expect(script.contains("\"people\":[\"#00d9e7\",\"#ff8a00\""))
        #expect(script.contains("\"bones\":[[0,1],[1,2]"))
    }

    /// A person whose left arm is seen but for the wrist.
    private func armWithGuessedWrist() -> Pose {
        var person = figure([.leftShoulder: (0.2, 0.2), .leftElbow: (0.5, 0.5), .leftWrist: (0.5, 0.9)])
        for landmark in PoseLandmark.allCases where landmark != .leftShoulder && landmark != .leftElbow {
            person.landmarks[landmark.rawValue].visibility = 0.2
            if landmark != .leftWrist { person.landmarks[landmark.rawValue].x = -1 }
        }
        return person
    }

    @Test func whatIsGuessedIsLeftOutUnlessAskedForAndChangesNothingElse() {
        let person = armWithGuessedWrist()
        func drawing(_ showsGuessed: Bool) -> SkeletonDrawing {
            SkeletonDrawing(
                person,
                index: 0,
                style: .classic,
                width: 200,
                height: 200,
                showsGuessed: showsGuessed
            )
        }
        let (plain, full) = (drawing(false), drawing(true))
        #expect(plain.guessed.isEmpty)
        #expect(full.marks == plain.marks)
        let lines = full.guessed.compactMap { mark in
            if case .lines(let lines, _, _) = mark { lines } else { nil }
        }
        #expect(Set(lines.map(\.count)) == [1])
        #expect(lines.first?.first?.to == PixelPoint(x: 100, y: Double(Float(0.9)) * 200))
    }

    @Test func whatIsGuessedIsDashedAndHalfAsStrong() throws {
        var image = plain(200, 200, red: 0, green: 0, blue: 0)
        try SkeletonRenderer(style: .classic, showsGuessed: true).draw([armWithGuessedWrist()], on: &image)
        let column = (110..<170).map { Int(image[100, $0].red) }
        // White over a dark edge, each of half the strength; between the dashes is the edge's own.
        #expect(column.contains { $0 > 110 })
        #expect(column.contains { $0 < 40 })
        #expect(column.allSatisfy { $0 < 160 })
        let text = SkeletonRenderer(showsGuessed: true).svg([armWithGuessedWrist()], width: 200, height: 200)
        #expect(text.contains(#/<path [^>]*stroke-dasharray="[0-9.]+ [0-9.]+" opacity="0\.5"\/>/#))
        #expect(text.contains(#/<g fill="#ff0000" opacity="0\.5"><circle [^>]*data-landmark="left_wrist"/#))
    }
}
