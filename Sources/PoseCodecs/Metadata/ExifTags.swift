// SPDX-License-Identifier: Apache-2.0

/// The tags of EXIF metadata that may stay, by their directory.
///
/// What is not listed goes: maker notes, serial numbers (A431, A435), the owner's name (A430), unique identifiers
/// (A420), the computer's name (013C), the thumbnail's directory.
///
/// Source: CIPA DC-008-2019 (EXIF 2.32), tables 4, 7, 8, 15 and 20; TIFF 6.0; Microsoft's `XP` tags.
enum ExifTags {
    static let orientation = 0x0112
    static let xResolution = 0x011A
    static let yResolution = 0x011B
    static let resolutionUnit = 0x0128
    static let colorSpace = 0xA001
    static let exifDirectory = 0x8769
    static let gpsDirectory = 0x8825
    static let interoperabilityDirectory = 0xA005

    /// Resolution and the place of the colour samples.
    static let mainForPixels = [xResolution, yResolution, resolutionUnit, 0x0213]
    /// Version, colour space, gamma.
    static let exifForPixels = [0x9000, colorSpace, 0xA500]
    /// The colour space again: `R03` for Adobe RGB, which cameras state in no other way.
    static let interoperability = [0x0001, 0x0002]

    /// Tags of the first directory by kind.
    static func main(_ kind: MetadataPolicy.Kind) -> [Int] {
        switch kind {
        case .date: [0x0132]
        case .copyright: [0x013B, 0x8298, 0x9C9D]
        case .camera: [0x010F, 0x0110, 0x0131]
        case .description: [0x010E, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F]
        default: []
        }
    }

    /// Tags of the EXIF directory by kind.
    static func exif(_ kind: MetadataPolicy.Kind) -> [Int] {
        switch kind {
        case .date: [0x9003, 0x9004] + Array(0x9010...0x9012) + Array(0x9290...0x9292)
        case .camera: [0xA432, 0xA433, 0xA434]
        case .exposure:
            [0x829A, 0x829D, 0x8822, 0x8827] + Array(0x8830...0x8835) + Array(0x9201...0x920A)
                + [0xA20B, 0xA20E, 0xA20F, 0xA210, 0xA215, 0xA217, 0xA300, 0xA301]
                + Array(0xA401...0xA40A) + [0xA40C]
        case .description: [0x9286]
        default: []
        }
    }

    /// Tags of the GPS directory by kind.
    static func gps(_ kind: MetadataPolicy.Kind) -> [Int] {
        kind == .location ? Array(0x0000...0x001F) : []
    }
}
