// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseImaging
import PoseEstimation

/// Which files a run writes, settled before any work starts.
struct OutputPlan: Sendable {
    /// Where JSON goes.
    enum JSONTarget: Sendable, Equatable {
        case nowhere
        case standardOutput
        case file(String)
        case directory
    }

    /// The files of one photo.
    struct Files: Sendable {
        var picture: String?
        var json: String?
        var mask: String?

        /// All of them.
        var all: [String] { [picture, json, mask].compactMap(\.self) }
    }

    /// Where JSON goes.
    private(set) var json = JSONTarget.nowhere
    /// The files of each photo, in their order.
    private(set) var files: [Files]

    /// Whether anybody wants masks.
    var hasMasks: Bool { files.contains { $0.mask != nil } }
    /// Whether nothing is written but the summary.
    var isEmpty: Bool { json == .nowhere && files.allSatisfy(\.all.isEmpty) }

    /// Plans the outputs.
    ///
    /// - Throws: ``UsageError`` for options that do not go together or with this many photos, and when an
    ///   output would overwrite a photo.
    init(_ arguments: ParsedArguments, photos: [Photo]) throws(UsageError) {
        files = photos.map { _ in Files() }
        try planPictures(arguments, photos)
        try planJSON(arguments, photos)
        try planMasks(arguments, photos)
        try checkOverwriting(photos)
    }

    private mutating func planPictures(
        _ arguments: ParsedArguments,
        _ photos: [Photo]
    ) throws(UsageError) {
        let output = arguments[ImageCommand.output]
        let directory = arguments[ImageCommand.outputDirectory]
        if let output {
            if let directory {
                throw UsageError(
                    "--output names one file and --output-dir a directory: give one of them, "
                        + "got '\(output)' and '\(directory)'."
                )
            }
            if output.hasSuffix("/") || fileStatus(output)?.isDirectory == true {
                throw UsageError("--output must be a file, got the directory '\(output)'; use --output-dir.")
            }
            guard ImageFormat(path: output) != nil else {
                throw UsageError("--output must end in .jpg, .png or .webp, got '\(output)'.")
            }
            try Self.checkSingle("--output", output, photos, remedy: "use --output-dir DIR")
            if !photos.isEmpty { files[0].picture = output }
        }
        if let directory {
            for (index, name) in Self.names(photos.map(Self.pictureName)).enumerated() {
                files[index].picture = Self.join(directory, name)
            }
        }
        if output == nil, directory == nil, arguments[AnalysisParameters.style] != nil {
            throw UsageError("--style is for pictures: add --output OUT or --output-dir DIR.")
        }
    }

    private mutating func planJSON(_ arguments: ParsedArguments, _ photos: [Photo]) throws(UsageError) {
        guard let path = arguments[ImageCommand.json] else {
            if arguments[AnalysisParameters.format] != nil {
                throw UsageError("--format is for JSON: add --json FILE, or --json - for standard output.")
            }
            return
        }
        if path == "-" {
            json = .standardOutput
        } else if Self.isDirectory(path) {
            json = .directory
            let format = arguments[AnalysisParameters.format].flatMap(ResultFormat.init) ?? .pose
            let wanted = photos.map { format.fileName(stem: Self.stem($0.relativePath)) }
            for (index, name) in Self.names(wanted).enumerated() {
                files[index].json = Self.join(path, name)
            }
        } else {
            json = .file(path)
        }
    }

    private mutating func planMasks(_ arguments: ParsedArguments, _ photos: [Photo]) throws(UsageError) {
        guard let path = arguments[ImageCommand.mask] else { return }
        if Self.isDirectory(path) {
            for (index, name) in Self.names(photos.map { Self.stem($0.relativePath) + ".png" }).enumerated() {
                files[index].mask = Self.join(path, name)
            }
            return
        }
        guard ImageFormat(path: path) == .png else {
            throw UsageError("--mask must end in .png, or in / for a directory, got '\(path)'.")
        }
        try Self.checkSingle("--mask", path, photos, remedy: "give a directory, '\(path.dropLast(4))/'")
        if !photos.isEmpty { files[0].mask = path }
    }

    private func checkOverwriting(_ photos: [Photo]) throws(UsageError) {
        let inputs = Set(photos.compactMap { resolvedPath($0.path) })
        var outputs = files.flatMap(\.all)
        if case .file(let path) = json { outputs.append(path) }
        for output in outputs {
            guard let resolved = resolvedPath(output), inputs.contains(resolved) else { continue }
            throw UsageError(
                "The output '\(output)' would overwrite that photo; choose another name or place."
            )
        }
        var seen: Set<String> = []
        for output in outputs where !seen.insert(resolvedPath(output) ?? output).inserted {
            // Devices take whatever comes.
            guard fileStatus(output)?.isRegularFile ?? true else { continue }
            throw UsageError("Two outputs would be the same file, '\(output)'; name them differently.")
        }
    }

    private static func checkSingle(
        _ option: String,
        _ value: String,
        _ photos: [Photo],
        remedy: String
    ) throws(UsageError) {
        guard photos.count > 1 else { return }
        throw UsageError("\(option) '\(value)' is for one photo, got \(photos.count); \(remedy).")
    }

    private static func isDirectory(_ path: String) -> Bool {
        path.hasSuffix("/") || fileStatus(path)?.isDirectory == true
    }

    private static func join(_ directory: String, _ name: String) -> String {
        directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
    }

    /// The photo's own name; what has no extension of a picture becomes a JPEG.
    private static func pictureName(_ photo: Photo) -> String {
        ImageFormat(path: photo.relativePath) == nil ? photo.relativePath + ".jpg" : photo.relativePath
    }

    /// The name without its extension.
    private static func stem(_ path: String) -> String {
        let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
        guard let dot = path.lastIndex(of: "."), dot > start else { return path }
        return String(path[..<dot])
    }

    /// The names, those that were there before with a number before their extension: `a.jpg`, `a-2.jpg`.
    private static func names(_ wanted: [String]) -> [String] {
        var taken = Set<String>()
        var next: [String: Int] = [:]
        let originals = Set(wanted)
        return wanted.map { name in
            if taken.insert(name).inserted { return name }
            let base = stem(name)
            let suffix = name.dropFirst(base.count)
            while true {
                let number = next[name, default: 2]
                next[name] = number + 1
                let candidate = "\(base)-\(number)\(suffix)"
                if !originals.contains(candidate), taken.insert(candidate).inserted { return candidate }
            }
        }
    }
}
