// SPDX-License-Identifier: Apache-2.0

/// Where a picture in which people were found lies in a larger one.
package struct PicturePlace: Sendable, Equatable {
    /// Columns and rows of the larger picture.
    package var width: Int
    package var height: Int
    /// The part of it that the smaller picture shows, in its pixels.
    package var left: Double
    package var top: Double
    package var partWidth: Double
    package var partHeight: Double

    /// Makes a place.
    package init(
        width: Int,
        height: Int,
        left: Double,
        top: Double,
        partWidth: Double,
        partHeight: Double
    ) {
        (self.width, self.height) = (width, height)
        (self.left, self.top) = (left, top)
        (self.partWidth, self.partHeight) = (partWidth, partHeight)
    }

    fileprivate var scaleX: Double { partWidth / Double(width) }
    fileprivate var scaleY: Double { partHeight / Double(height) }

    fileprivate func x(_ x: Float) -> Float { Float(left / Double(width) + Double(x) * scaleX) }
    fileprivate func y(_ y: Float) -> Float { Float(top / Double(height) + Double(y) * scaleY) }
}

extension Pose {
    /// The same person in the coordinates of a larger picture.
    ///
    /// - Parameter place: where the picture lies in which the person was found.
    /// - Returns: the person; metres stay as they are.
    package func placed(in place: PicturePlace) -> Pose {
        var pose = self
        pose.landmarks = landmarks.map { $0.placed(in: place) }
        pose.shiftedLooks = shiftedLooks?.map { look in
            ShiftedLooks.Look(
                landmarks: look.landmarks.map { $0.placed(in: place) },
                worldLandmarks: look.worldLandmarks
            )
        }
        let (left, right) = (place.x(box.x), place.x(box.x + box.width))
        let (top, bottom) = (place.y(box.y), place.y(box.y + box.height))
        let (x, y) = (min(max(0, left), 1), min(max(0, top), 1))
        pose.box = NormalizedBox(
            x: x,
            y: y,
            width: min(max(x, right), 1) - x,
            height: min(max(y, bottom), 1) - y
        )
        pose.regionOfInterest = regionOfInterest.placed(in: place)
        pose.mask = mask.map { mask in
            SegmentationMask(
                values: mask.values,
                region: mask.region.placed(in: place),
                imageWidth: place.width,
                imageHeight: place.height
            )
        }
        return pose
    }
}

extension Landmark {
    fileprivate func placed(in place: PicturePlace) -> Landmark {
        var landmark = self
        landmark.x = place.x(x)
        landmark.y = place.y(y)
        landmark.z *= Float(place.scaleX)
        return landmark
    }
}

extension RegionOfInterest {
    fileprivate func placed(in place: PicturePlace) -> RegionOfInterest {
        RegionOfInterest(
            centerX: place.x(centerX),
            centerY: place.y(centerY),
            width: width * Float(place.scaleX),
            height: height * Float(place.scaleY),
            rotationRadians: rotationRadians
        )
    }
}
