// SPDX-License-Identifier: Apache-2.0

/// Which of the face networks runs; more may come.
public struct FaceRange: Hashable, Sendable, CustomStringConvertible {
    private enum Name: String {
        case full, short
    }

    private let name: Name

    private init(_ name: Name) { self.name = name }

    /// `face_detection_full_range_sparse`: faces up to about five metres away; the default.
    public static let full = FaceRange(.full)
    /// `face_detection_short_range`: faces up to about two metres away, at a quarter of the work.
    public static let short = FaceRange(.short)

    /// Every range.
    public static let all = [full, short]

    /// The range's own name: `full` or `short`.
    public var description: String { name.rawValue }

    /// The network's file.
    public var catalogModel: CatalogModel {
        switch name {
        case .full: ModelCatalog.faceFullRange
        case .short: ModelCatalog.faceShortRange
        }
    }

    var configuration: SSDConfiguration {
        switch name {
        case .full: .faceFullRange
        case .short: .faceShortRange
        }
    }
}
