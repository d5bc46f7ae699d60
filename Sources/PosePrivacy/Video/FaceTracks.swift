// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

/// What was found in one frame of a video.
package struct FilmFaces: Hashable, Sendable {
    /// When the frame is shown, in seconds.
    package var seconds: Double
    /// The faces of the frame.
    package var faces: [FaceRegion]
    /// What a person should look at.
    package var doubts: [PrivacyDoubt]
    /// Whether another shot begins with the frame.
    package var beginsShot: Bool

    /// Makes a finding.
    package init(
        seconds: Double,
        faces: [FaceRegion],
        doubts: [PrivacyDoubt] = [],
        beginsShot: Bool = false
    ) {
        self.seconds = seconds
        self.faces = faces
        self.doubts = doubts
        self.beginsShot = beginsShot
    }
}

/// Faces followed through the frames of a whole video, and what is covered in each frame.
///
/// ```
///   found           x x . . x x            x: seen
///   covered   h h h x x g g x x h h h      g: between two sightings, along a line, growing towards the middle of the gap
///             |-½ s-|         |-½ s-|      h: held before the first and after the last, growing
/// ```
///
/// Another shot ends every track: nothing is held or interpolated across its beginning.
package struct FaceTracks: Sendable {
    /// One face through a part of the video.
    package struct Track: Sendable {
        /// The frames in which it was seen, and where.
        package fileprivate(set) var sightings: [(frame: Int, region: FaceRegion)]
        /// The frames in which it is covered.
        package fileprivate(set) var covered: ClosedRange<Int>
    }

    /// How long a cover stays before the first sighting of a face and after its last, in seconds.
    static let hold = 0.5
    /// How long a face may go unseen and still be the same, in seconds.
    static let longestGap = 2.0
    /// How much a cover grows with each frame that the face is not seen in.
    static let growth = 0.1
    /// How much larger a cover becomes at most.
    static let mostGrowth = 2.0
    /// How far a face moves from one sighting to the next, in its own size; a gap of half a second allows as much once more.
    static let longestStep = 0.75

    /// The faces.
    package private(set) var tracks: [Track] = []
    /// What is covered in each frame.
    package private(set) var covers: [[FaceRegion]]

    /// Follows the faces of a whole video.
    package init(_ frames: [FilmFaces]) {
        covers = frames.map { _ in [] }
        link(frames)
        for index in tracks.indices { cover(index, frames) }
    }

    /// The doubts of a frame that no cover answers.
    package func openDoubts(of frames: [FilmFaces], at index: Int) -> [PrivacyDoubt] {
        frames[index].doubts.filter { doubt in
            guard doubt.blocksWriting, let region = doubt.region else { return true }
            let box = PixelRectangle(around: region)
            return !covers[index].contains { PixelRectangle(around: $0).meets(box) }
        }
    }

    // MARK: - Following

    /// Gives each face to the nearest track that it can belong to, or begins one.
    private mutating func link(_ frames: [FilmFaces]) {
        var active: [Int] = []
        for (index, frame) in frames.enumerated() {
            if frame.beginsShot { active = [] }
            active.removeAll { track in
                guard let last = tracks[track].sightings.last else { return true }
                return frame.seconds - frames[last.frame].seconds > Self.longestGap
            }
            var pairs: [(distance: Double, track: Int, face: Int)] = []
            for track in active {
                guard let last = tracks[track].sightings.last else { continue }
                let gap = max(0, frame.seconds - frames[last.frame].seconds)
                for (face, region) in frame.faces.enumerated() {
                    let distance = Self.distance(last.region, region)
                    if distance <= Self.longestStep * (1 + 2 * gap) { pairs.append((distance, track, face)) }
                }
            }
            pairs.sort { ($0.distance, $0.track, $0.face) < ($1.distance, $1.track, $1.face) }
            var takenTracks: Set<Int> = []
            var takenFaces: Set<Int> = []
            for pair in pairs where !takenTracks.contains(pair.track) && !takenFaces.contains(pair.face) {
                takenTracks.insert(pair.track)
                takenFaces.insert(pair.face)
                tracks[pair.track].sightings.append((index, frame.faces[pair.face]))
            }
            for (face, region) in frame.faces.enumerated() where !takenFaces.contains(face) {
                active.append(tracks.count)
                tracks.append(Track(sightings: [(index, region)], covered: index...index))
            }
        }
    }

    /// How far two regions are from one another, by their size; infinite where one is more than twice as large.
    private static func distance(_ one: FaceRegion, _ other: FaceRegion) -> Double {
        let (size, otherSize) = (max(one.width, one.height), max(other.width, other.height))
        guard min(size, otherSize) > 0, max(size, otherSize) <= 2 * min(size, otherSize) else {
            return .infinity
        }
        let (dx, dy) = (one.centerX - other.centerX, one.centerY - other.centerY)
        return (dx * dx + dy * dy).squareRoot() / max(size, otherSize)
    }

    // MARK: - Covering

    private mutating func cover(_ index: Int, _ frames: [FilmFaces]) {
        let sightings = tracks[index].sightings
        guard let first = sightings.first, let last = sightings.last else { return }
        for sighting in sightings { covers[sighting.frame].append(sighting.region) }
        for (before, after) in zip(sightings, sightings.dropFirst()) {
            for frame in before.frame + 1..<max(before.frame + 1, after.frame) {
                let whole = frames[after.frame].seconds - frames[before.frame].seconds
                let part = whole > 0 ? (frames[frame].seconds - frames[before.frame].seconds) / whole : 0.5
                let region = Self.between(before.region, after.region, min(max(part, 0), 1))
                let unseen = min(frame - before.frame, after.frame - frame)
                covers[frame].append(Self.grown(region, unseen))
            }
        }
        var (start, end) = (first.frame, last.frame)
        while start > 0, !frames[start].beginsShot,
            frames[first.frame].seconds - frames[start - 1].seconds <= Self.hold
        {
            start -= 1
            covers[start].append(Self.grown(first.region, first.frame - start))
        }
        while end + 1 < frames.count, !frames[end + 1].beginsShot,
            frames[end + 1].seconds - frames[last.frame].seconds <= Self.hold
        {
            end += 1
            covers[end].append(Self.grown(last.region, end - last.frame))
        }
        tracks[index].covered = start...end
    }

    private static func between(_ one: FaceRegion, _ other: FaceRegion, _ part: Double) -> FaceRegion {
        var region = one
        region.centerX += (other.centerX - one.centerX) * part
        region.centerY += (other.centerY - one.centerY) * part
        region.width += (other.width - one.width) * part
        region.height += (other.height - one.height) * part
        region.rotation += (other.rotation - one.rotation) * part
        return region
    }

    /// A region that may be a little elsewhere, so many frames from where it was seen.
    private static func grown(_ region: FaceRegion, _ frames: Int) -> FaceRegion {
        let factor = min(mostGrowth, 1 + growth * Double(frames))
        var region = region
        region.width *= factor
        region.height *= factor
        return region
    }
}
