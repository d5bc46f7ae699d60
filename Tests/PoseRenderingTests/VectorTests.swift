// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseImaging
import PoseRendering
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// People as SVG, and on nothing.
struct VectorTests {
    /// What an XML parser finds in a document.
    private final class Elements: NSObject, XMLParserDelegate {
        var names: [String: Int] = [:]
        var attributes: [[String: String]] = []

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            names[name, default: 0] += 1
            self.attributes.append(attributes)
        }
    }

    private func parsed(_ text: String) throws -> Elements {
        let parser = XMLParser(data: Data(text.utf8))
        let elements = Elements()
        parser.delegate = elements
        try #require(parser.parse(), "\(String(describing: parser.parserError))")
        return elements
    }

    @Test(arguments: SkeletonStyle.allCases)
    func anXMLParserReadsIt(style: SkeletonStyle) throws {
        let people = [standing(centerX: 0.3), standing(centerX: 0.7)]
        let elements = try parsed(SkeletonRenderer(style: style).svg(people, width: 640, height: 425))
        #expect(elements.names["svg"] == 1)
        let root = try #require(elements.attributes.first)
        #expect(root["width"] == "640" && root["height"] == "425" && root["viewBox"] == "0 0 640 425")
        #expect(elements.attributes.compactMap { $0["id"] } == ["person-0", "person-1"])
        let landmarks = elements.attributes.compactMap { $0["data-landmark"] }
        for landmark in PoseLandmark.allCases {
            #expect(landmarks.count { $0 == landmark.name } >= 2, "\(landmark.name)")
        }
    }

    @Test func nobodyIsAnEmptyPicture() throws {
        let elements = try parsed(SkeletonRenderer().svg([], width: 3, height: 5))
        #expect(elements.names == ["svg": 1, "title": 1])
    }

    /// Numbers that are not finite, or far outside, are left out like on pictures.
    @Test(arguments: [Float.nan, .infinity, -1, 7])
    func landmarksOutsideAreLeftOut(coordinate: Float) throws {
        let text = SkeletonRenderer().svg(
            [figure([.leftElbow: (coordinate, 0.5)])],
            width: 100,
            height: 100
        )
        let elements = try parsed(text)
        #expect(elements.names["circle"] == nil)
    }

    @Test func numbersHaveThreeDecimalsAtMost() throws {
        let text = SkeletonRenderer(style: .sides).svg([standing()], width: 641, height: 427)
        let decimals = text.matches(of: #/\.(\d+)/#).map(\.1.count)
        #expect(decimals.count > 50)
        #expect(decimals.allSatisfy { $0 <= 3 })
        #expect(text.firstMatch(of: #/\de-\d|nan|inf/#) == nil)
    }

    @Test(arguments: SkeletonStyle.allCases)
    func peopleOnNothingAreThoseOnAPicture(style: SkeletonStyle) throws {
        let people = [standing(centerX: 0.3), standing(centerX: 0.7, scale: 0.6)]
        let renderer = SkeletonRenderer(style: style)
        let alone = try renderer.drawAlone(people, width: 241, height: 173)
        // Laid over a picture, it is what is drawn on that picture.
        var expected = plain(241, 173, red: 120, green: 60, blue: 200)
        if style == .skeletonOnly { expected = plain(241, 173, red: 0, green: 0, blue: 0) }
        let below = bytes(of: expected)
        try renderer.draw(people, on: &expected)
        let (over, whole) = (bytes(of: alone), bytes(of: expected))
        var worst = 0
        var clear = 0
        for pixel in stride(from: 0, to: over.count, by: 4) {
            let opacity = Int(over[pixel + 3])
            clear += opacity == 0 ? 1 : 0
            for channel in pixel..<pixel + 3 {
                let laid = (Int(over[channel]) * opacity + Int(below[channel]) * (255 - opacity) + 127) / 255
                worst = max(worst, abs(laid - Int(whole[channel])))
            }
        }
        #expect(worst <= 3)
        #expect(clear > 241 * 173 / 2)
        #expect(clear < 241 * 173)
    }
}
