// SPDX-License-Identifier: Apache-2.0

/// Smooths the people of a film when all of it is known: without lag, and with short gaps filled.
///
/// Each person by itself, as ``PoseTrack/id`` tells them apart:
///
/// 1. Left and right that the network exchanged for a few frames are put right, and marked so
///    (``PoseTrack/hadSwappedSides``).
/// 2. Frames in which the person was not seen, up to ``longestGap``, get a pose between those around them, marked
///    ``PoseFrame/State/filled``.
/// 3. Landmarks, world landmarks and visibilities pass a low-pass filter forwards and backwards, so that no phase is
///    shifted.
///
/// A longer gap parts what is before it from what is behind it. Poses without a track and documents without a frame stay as
/// they are.
///
/// Source: Pagnon, Domalain, Reveret 2022, "Pose2Sim: An end-to-end workflow for 3D markerless sports kinematics", whose
/// Sports2D has the same filter and cutoff.
public struct OfflineSmoothing: Hashable, Sendable {
    /// Movements above this frequency, in hertz, are taken for noise; 6 unless told.
    ///
    /// Source: Sports2D `cut_off_frequency`.
    public var cutoffFrequency = 6.0
    /// The longest time between two sightings that is filled; 0.4 s unless told.
    public var longestGap = Duration.milliseconds(400)

    /// Makes the default smoothing.
    public init() {}

    /// Smooths the people of one film.
    ///
    /// - Parameter film: all of its documents, in the order of their frames.
    public func apply(to film: inout [PoseDocument]) {
        for person in PersonSeries.people(of: film) {
            for var run in person.runs(longestGap: longestGap / .seconds(1)) {
                SwappedSides.repair(&run)
                run.fill(in: film)
                run.smooth(cutoffFrequency: cutoffFrequency)
                for sighting in run.sightings { sighting.put(into: &film[sighting.document]) }
            }
        }
        for index in film.indices {
            let poses = film[index].poses
            guard !poses.isEmpty, poses.allSatisfy({ $0.track?.state == .filled }) else { continue }
            film[index].frame?.state = .filled
        }
    }
}
