// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
internal import PoseSystem

extension PixelRectangle {
    /// Sides and distances of pictures are below this.
    private static let mostPixels = 67_108_863

    /// The rectangle that a text names: `40,60,200,240`, left edge, top edge, width and height.
    ///
    /// - Parameter text: four whole numbers with commas between; nil comes back for anything else, for a side below 1, and
    ///   for numbers beyond those of pictures.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        self.init(numbers: parts.map { Int($0) })
    }

    /// The rectangle of four numbers as files have them.
    init?(numbers candidates: [Int?]) {
        let numbers = candidates.compactMap(\.self)
        let edges = -Self.mostPixels...Self.mostPixels
        guard candidates.count == 4, numbers.count == 4, numbers.allSatisfy(edges.contains),
            numbers[2] >= 1, numbers[3] >= 1
        else { return nil }
        self.init(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    }

    /// The smallest rectangle of whole pixels around a region.
    public init(around region: FaceRegion) {
        // An ellipse's bounds: its turned half axes, added as squares.
        let (sine, cosine) = (sin(region.rotation), cos(region.rotation))
        let (a, b) = (region.width / 2, region.height / 2)
        let halfWidth = (a * a * cosine * cosine + b * b * sine * sine).squareRoot()
        let halfHeight = (a * a * sine * sine + b * b * cosine * cosine).squareRoot()
        let left = Self.pixel((region.centerX - halfWidth).rounded(.down))
        let top = Self.pixel((region.centerY - halfHeight).rounded(.down))
        self.init(
            x: left,
            y: top,
            width: max(1, Self.pixel((region.centerX + halfWidth).rounded(.up)) - left),
            height: max(1, Self.pixel((region.centerY + halfHeight).rounded(.up)) - top)
        )
    }

    /// A number of pixels within what pictures have; 0 for what is no number.
    private static func pixel(_ value: Double) -> Int {
        let most = Double(mostPixels)
        return value.isFinite ? Int(min(max(value, -most), most)) : 0
    }

    /// Shared area divided by the area of both, 0…1.
    func overlap(with other: PixelRectangle) -> Double {
        let shared = Double(intersection(other).pixelCount)
        return shared > 0 ? shared / (Double(pixelCount) + Double(other.pixelCount) - shared) : 0
    }

    /// Whether the middle of one lies in the other.
    func meets(_ other: PixelRectangle) -> Bool {
        contains(x: other.x + other.width / 2, y: other.y + other.height / 2)
            || other.contains(x: x + width / 2, y: y + height / 2)
    }

    /// Left edge, top edge, width and height.
    var numbers: [Int] { [x, y, width, height] }
}

extension FaceRegion {
    /// A face that somebody marked by a rectangle around it.
    public init(markedAs box: PixelRectangle) {
        self.init(
            centerX: Double(box.x) + Double(box.width) / 2,
            centerY: Double(box.y) + Double(box.height) / 2,
            width: Double(box.width),
            height: Double(box.height),
            score: 1,
            witness: .hand
        )
    }
}
