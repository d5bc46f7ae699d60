// SPDX-License-Identifier: Apache-2.0

/// A shape in which results are written: what a program must know about it, and how an encoder is made.
///
/// Every property is for all records alike. A further format is one file that declares a static member like
/// those of ``allCases``, and its entry there; nothing else asks which format it has before it.
public struct ResultFormat: Sendable {
    /// The name by which users choose it: lower case, no spaces.
    public let name: String
    /// One line of help: what it is, or which program reads it.
    public let summary: String
    /// The extension of its files, without the dot.
    public let fileExtension: String
    /// What a file of one record has behind the stem of its name, extension included: `.json`.
    public let fileSuffix: String
    /// The media type of its text, which is UTF-8.
    public let mediaType: String
    /// Whether many records in one file share something (the brackets of an array, a header), so that such files
    /// cannot be appended to or cut at a line break.
    public let sharesDocument: Bool
    /// Whether the programs that read it expect a file for each record.
    public let prefersFilePerRecord: Bool
    /// Whether it can carry masks.
    public let carriesMasks: Bool
    /// Whether it can carry timings.
    public let carriesTiming: Bool
    /// Whether ``PoseStreamReader`` reads it back.
    public private(set) var isReadable = false

    private let factory: @Sendable () -> any ResultEncoder

    /// Describes a format.
    ///
    /// - Parameters:
    ///   - name: see ``name``; must differ from that of every other format.
    ///   - summary: see ``summary``.
    ///   - fileExtension: see ``fileExtension``.
    ///   - fileSuffix: see ``fileSuffix``; the extension behind a dot when left out.
    ///   - mediaType: see ``mediaType``.
    ///   - sharesDocument: see ``sharesDocument``.
    ///   - prefersFilePerRecord: see ``prefersFilePerRecord``.
    ///   - carriesMasks: see ``carriesMasks``.
    ///   - carriesTiming: see ``carriesTiming``.
    ///   - makeEncoder: makes an encoder for one stream.
    public init(
        name: String,
        summary: String,
        fileExtension: String,
        fileSuffix: String? = nil,
        mediaType: String,
        sharesDocument: Bool = false,
        prefersFilePerRecord: Bool = false,
        carriesMasks: Bool = false,
        carriesTiming: Bool = false,
        makeEncoder: @escaping @Sendable () -> any ResultEncoder
    ) {
        self.name = name
        self.summary = summary
        self.fileExtension = fileExtension
        self.fileSuffix = fileSuffix ?? ".\(fileExtension)"
        self.mediaType = mediaType
        self.sharesDocument = sharesDocument
        self.prefersFilePerRecord = prefersFilePerRecord
        self.carriesMasks = carriesMasks
        self.carriesTiming = carriesTiming
        factory = makeEncoder
    }

    /// Describes a format of JSON, one value a record.
    ///
    /// - Parameters:
    ///   - name: see ``name``.
    ///   - summary: see ``summary``.
    ///   - fileSuffix: see ``fileSuffix``.
    ///   - prefersFilePerRecord: see ``prefersFilePerRecord``.
    ///   - carriesMasks: see ``carriesMasks``.
    ///   - carriesTiming: see ``carriesTiming``.
    ///   - isReadable: see ``isReadable``.
    ///   - write: writes a record as one value.
    package init(
        json name: String,
        summary: String,
        fileSuffix: String = ".json",
        prefersFilePerRecord: Bool = false,
        carriesMasks: Bool = false,
        carriesTiming: Bool = false,
        isReadable: Bool = false,
        write: @escaping @Sendable (PoseDocument, inout JSONWriter) -> Void
    ) {
        self.init(
            json: name,
            summary: summary,
            fileSuffix: fileSuffix,
            prefersFilePerRecord: prefersFilePerRecord,
            carriesMasks: carriesMasks,
            carriesTiming: carriesTiming,
            isReadable: isReadable,
            makeEncoder: { JSONLinesEncoder(write: write) }
        )
    }

    /// Describes a format of JSON, one value a record, with an encoder that remembers records.
    ///
    /// - Parameters:
    ///   - name: see ``name``.
    ///   - summary: see ``summary``.
    ///   - fileSuffix: see ``fileSuffix``.
    ///   - prefersFilePerRecord: see ``prefersFilePerRecord``.
    ///   - carriesMasks: see ``carriesMasks``.
    ///   - carriesTiming: see ``carriesTiming``.
    ///   - isReadable: see ``isReadable``.
    ///   - makeEncoder: makes an encoder for one stream.
    package init(
        json name: String,
        summary: String,
        fileSuffix: String = ".json",
        prefersFilePerRecord: Bool = false,
        carriesMasks: Bool = false,
        carriesTiming: Bool = false,
        isReadable: Bool,
        makeEncoder: @escaping @Sendable () -> any ResultEncoder
    ) {
        self.init(
            name: name,
            summary: summary,
            fileExtension: "json",
            fileSuffix: fileSuffix,
            mediaType: "application/json",
            prefersFilePerRecord: prefersFilePerRecord,
            carriesMasks: carriesMasks,
            carriesTiming: carriesTiming,
            makeEncoder: makeEncoder
        )
        self.isReadable = isReadable
    }

    /// Makes an encoder for one stream, or for documents that stand alone.
    public func makeEncoder() -> any ResultEncoder { factory() }

    /// The name of a file that holds one record.
    ///
    /// - Parameters:
    ///   - stem: the picture's or film's name without its extension.
    ///   - frame: the frame of a film; its index, padded to twelve digits, stands behind the stem.
    /// - Returns: `a.json`, `a_keypoints.json`, `a_000000000012_keypoints.json`.
    public func fileName(stem: String, frame: PoseFrame? = nil) -> String {
        guard let frame else { return stem + fileSuffix }
        let digits = String(frame.index)
        // OpenPose numbers the frames of a film with twelve digits.
        return stem + "_" + String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
            + fileSuffix
    }
}

extension ResultFormat: CaseIterable {
    /// The formats of this library, the default first.
    public static let allCases: [ResultFormat] = [.pose, .mediapipe, .coco, .openpose, .csv]
}

extension ResultFormat: RawRepresentable {
    /// The format of a name; `nil` when ``allCases`` has none of that name.
    ///
    /// - Parameter rawValue: a ``name``.
    public init?(rawValue: String) {
        guard let format = Self.allCases.first(where: { $0.name == rawValue }) else { return nil }
        self = format
    }

    /// The name.
    public var rawValue: String { name }
}

extension ResultFormat: Hashable, CustomStringConvertible {
    /// Formats are told apart by their names.
    public static func == (one: ResultFormat, other: ResultFormat) -> Bool { one.name == other.name }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// The name.
    public var description: String { name }
}
