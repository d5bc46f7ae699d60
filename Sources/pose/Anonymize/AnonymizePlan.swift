// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PosePrivacy
import PoseSystem

/// Which files a run writes, settled before any work starts.
struct AnonymizePlan: Sendable {
    /// The file of each photo, in their order.
    private(set) var photos: [FilePath]
    /// The file of each video, in their order.
    private(set) var films: [FilePath]
    /// Whether they are in a directory, under the inputs' names.
    let isDirectory: Bool
    /// The files that are there already and would be replaced.
    private(set) var existing: Set<FileStatus.Identity> = []

    private static let reportEndings = ["json", "csv", "html"]

    /// Videos by their first bytes, and all other names.
    static func split(_ paths: [FilePath]) -> (films: [FilePath], others: [FilePath]) {
        var films: [FilePath] = []
        var others: [FilePath] = []
        for path in paths {
            let bytes =
                path == "-" ? nil : try? FileSystem.beginning(of: path, byteCount: FileKind.sampleSize)
            if let bytes, FileKind.isVideo(bytes) { films.append(path) } else { others.append(path) }
        }
        return (films, others)
    }

    /// Plans the outputs.
    ///
    /// - Parameters:
    ///   - arguments: the command line.
    ///   - list: the photos.
    ///   - films: the videos.
    ///   - settings: the reports and the sidecar.
    /// - Throws: ``UsageError`` without an output, and when an output would overwrite an input or another output.
    init(
        _ arguments: ParsedArguments,
        _ list: PhotoList,
        films: [FilePath],
        _ settings: AnonymizeSettings
    ) throws(UsageError) {
        let inputs = list.photos
        let filmNames = films.map { $0.name.stem.adding(suffix: ".mp4") }
        let output = arguments[AnonymizeCommand.output]
        let directory = arguments[AnonymizeCommand.outputDirectory]
        isDirectory = output == nil
        if let output {
            try OutputCheck.checkNames(output, directory: directory, arguments)
            guard inputs.count + films.count <= 1 else {
                throw UsageError(
                    "--output '\(output)' is for one input, got \(inputs.count + films.count); use --output-dir DIR."
                )
            }
            try Self.checkFormat(output, inputs.first, films.first)
            photos = inputs.map { _ in output }
            self.films = films.map { _ in output }
        } else if let directory {
            let names = FileNames.unique(inputs.map(Self.name) + filmNames).map(directory.appending)
            photos = Array(names.prefix(inputs.count))
            self.films = Array(names.dropFirst(inputs.count))
        } else {
            throw UsageError("Say where the covered pictures go: --output OUT or --output-dir DIR.")
        }
        var check = OutputCheck(
            inputs: inputs.map(\.path) + films + [settings.picturePath].compactMap(\.self),
            called: "original"
        )
        for path in photos + self.films { try check.add(path) }
        if isDirectory, let index = inputs.firstIndex(where: \.isStandardInput) {
            for format in ImageFormat.allCases {
                let name = Self.standardInput(photos[index], as: format)
                if name != photos[index] { try check.add(name) }
            }
        }
        existing = check.existing
        for path in settings.reports {
            guard Self.reportEndings.contains(path.fileExtension.lowercased()) else {
                throw UsageError("--report must end in .json, .csv or .html, got '\(path)'.")
            }
            try check.add(path)
        }
        if let path = settings.sidecarPath {
            if path.namesDirectory {
                throw UsageError("--sidecar must be a file, got the directory '\(path)'.")
            }
            try check.add(path)
        }
        if let directory, let real = FileSystem.realPath(of: directory), list.directories.contains(real) {
            throw UsageError(
                "--output-dir '\(directory)' is a directory of photos: the next run would take what is written there for "
                    + "photos; choose another."
            )
        }
    }

    /// The photo's own name; the ending of the format that is written stands behind it where it has another.
    private static func name(of photo: Photo) -> FilePath {
        let name = photo.relativePath
        let own = ImageFormat(fileExtension: name.fileExtension)
        let format = format(of: photo)?.outputFormat ?? own ?? .jpeg
        if format == own { return name }
        return name.adding(suffix: ".\(format.fileExtensions[0])")
    }

    /// The file of what comes on standard input, in a directory.
    static func standardInput(_ planned: FilePath, as format: ImageFormat) -> FilePath {
        planned.stem.adding(suffix: ".\(format.fileExtensions[0])")
    }

    private static func format(of photo: Photo) -> ImageFormat? {
        guard !photo.isStandardInput else { return nil }
        return (try? FileSystem.beginning(of: photo.path, byteCount: FileKind.sampleSize))
            .flatMap(ImageFormat.detect)
    }

    /// A photo keeps its format if that is written, so that what is not covered stays as it is stored.
    private static func checkFormat(
        _ output: FilePath,
        _ photo: Photo?,
        _ film: FilePath?
    ) throws(UsageError) {
        let ending = output.fileExtension
        if let film, ending.lowercased() != "mp4" {
            throw UsageError("--output must end in .mp4 for the video '\(film)', got '\(output)'.")
        }
        guard let photo else { return }
        if let found = format(of: photo) { return try checkFormat(output, photo, found) }
        guard ImageFormat(fileExtension: ending) == nil else { return }
        throw UsageError("--output must end in .jpg, .png or .webp, got '\(output)'.")
    }

    /// The same of a photo whose first bytes were seen.
    static func checkFormat(
        _ output: FilePath,
        _ photo: Photo,
        _ found: ImageFormat
    ) throws(UsageError) {
        let ending = output.fileExtension
        let format = found.outputFormat
        guard ImageFormat(fileExtension: ending) != format else { return }
        guard found == format else {
            throw UsageError(
                "--output must end in .\(format.fileExtensions[0]) for '\(photo.path)', \(FileKind.name(of: found)), got '\(output)'."
            )
        }
        throw UsageError(
            "--output must end in .\(format.fileExtensions[0]), the format of '\(photo.path)', got '\(output)'."
        )
    }
}
