// SPDX-License-Identifier: Apache-2.0

/// Which one of the people in a stream is wanted.
public enum PoseSubject: Hashable, Sendable {
    /// The one whose body is largest in the picture.
    case largest
    /// The one nearest to the middle of the picture.
    case center
    /// The one who was there first, as long as that person stays.
    case first
    /// The person of a number; see ``PoseTrack/id``.
    case id(Int)
}
