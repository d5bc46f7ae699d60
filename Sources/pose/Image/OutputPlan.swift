// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseSystem

/// Which files a run writes, settled before any work starts.
struct OutputPlan: Sendable {
    /// The files of one photo.
    struct Files: Sendable {
        var picture: FilePath?
        var results: [(format: ResultFormat, path: FilePath)] = []
        var mask: FilePath?

        /// All of them.
        var all: [FilePath] { [picture].compactMap(\.self) + results.map(\.path) + [mask].compactMap(\.self) }
    }

    /// The outputs that all photos share.
    private(set) var shared: [ResultRequest] = []
    /// The files of each photo, in their order.
    private(set) var files: [Files]
    /// The files that are there already and would be replaced.
    private(set) var existing: Set<FileStatus.Identity> = []

    /// Whether anybody wants masks.
    var hasMasks: Bool { files.contains { $0.mask != nil } }
    /// Whether nothing is written but the summary.
    var isEmpty: Bool { shared.isEmpty && files.allSatisfy(\.all.isEmpty) }
    /// Whether a picture is written as JPEG, which has no transparency.
    var hasJPEG: Bool {
        files.contains { $0.picture.map { DrawingFormat(fileExtension: $0.fileExtension) == .jpeg } ?? false }
    }
    /// Whether results go to standard output, which leaves no place for summaries.
    var usesStandardOutput: Bool { shared.contains { $0.path == "-" } }

    /// The directories that a command line names for outputs, which are not looked through for photos.
    static func directories(_ arguments: ParsedArguments) -> [FilePath] {
        let others = ResultOptions.all.map { arguments[$0.option] } + [arguments[ImageCommand.mask]]
        return [arguments[ImageCommand.outputDirectory]].compactMap(\.self)
            + others.compactMap(\.self).filter(\.namesDirectory)
    }

    /// Plans the outputs.
    ///
    /// - Throws: ``UsageError`` for options that do not go together or with this many photos, and when an
    ///   output would overwrite a photo or another output.
    init(_ arguments: ParsedArguments, _ list: PhotoList) throws(UsageError) {
        let photos = list.photos
        files = photos.map { _ in Files() }
        try planPictures(arguments, photos)
        try planResults(arguments, photos)
        try planMasks(arguments, photos)
        var check = OutputCheck(inputs: photos.map(\.path), called: "photo")
        for output in shared.map(\.path).filter({ $0 != "-" }) + files.flatMap(\.all) {
            try check.add(output)
        }
        existing = check.existing
        try checkDirectories(arguments, list)
    }

    private mutating func planPictures(_ arguments: ParsedArguments, _ photos: [Photo]) throws(UsageError) {
        let output = arguments[ImageCommand.output]
        let directory = arguments[ImageCommand.outputDirectory]
        if let output {
            try OutputCheck.checkNames(output, directory: directory, arguments)
            guard DrawingFormat(fileExtension: output.fileExtension) != nil else {
                throw UsageError("--output must end in .jpg, .png, .webp or .svg, got '\(output)'.")
            }
            try Self.checkSingle("--output", output, photos, remedy: "use --output-dir DIR")
            if !photos.isEmpty { files[0].picture = output }
        }
        if let directory {
            for (index, name) in FileNames.unique(photos.map(Self.pictureName)).enumerated() {
                files[index].picture = directory.appending(name)
            }
        }
        guard output == nil, directory == nil else { return }
        for look in [AnalysisParameters.style, AnalysisParameters.guessed] where arguments[look] != nil {
            throw UsageError("--\(look.name) is for pictures: add --output OUT or --output-dir DIR.")
        }
    }

    private mutating func planResults(_ arguments: ParsedArguments, _ photos: [Photo]) throws(UsageError) {
        for request in try ResultOptions.requests(arguments) {
            guard request.isDirectory else {
                shared.append(request)
                continue
            }
            let wanted = photos.map { photo in
                photo.relativePath.stem.adding(suffix: request.format.fileSuffix)
            }
            for (index, name) in FileNames.unique(wanted).enumerated() {
                files[index].results.append((request.format, request.path.appending(name)))
            }
        }
    }

    private mutating func planMasks(_ arguments: ParsedArguments, _ photos: [Photo]) throws(UsageError) {
        guard let path = arguments[ImageCommand.mask] else { return }
        if path.namesDirectory {
            let wanted = photos.map { $0.relativePath.stem.adding(suffix: ".png") }
            for (index, name) in FileNames.unique(wanted).enumerated() {
                files[index].mask = path.appending(name)
            }
            return
        }
        guard ImageFormat(fileExtension: path.fileExtension) == .png else {
            throw UsageError("--mask must end in .png, or in / for a directory, got '\(path)'.")
        }
        try Self.checkSingle("--mask", path, photos, remedy: "give a directory, '\(path.stem)/'")
        if !photos.isEmpty { files[0].mask = path }
    }

    /// Pictures that are written among the photos would be photos of the next run.
    private func checkDirectories(_ arguments: ParsedArguments, _ list: PhotoList) throws(UsageError) {
        let options = [ImageCommand.mask, ImageCommand.outputDirectory]
        for option in options {
            guard let path = arguments[option], path.namesDirectory,
                let real = FileSystem.realPath(of: path), list.directories.contains(real)
            else { continue }
            throw UsageError(
                "\(option.specification.spelling) '\(path)' is a directory of photos: the next run would take what "
                    + "is written there for photos; choose another."
            )
        }
    }

    private static func checkSingle(
        _ option: String,
        _ value: FilePath,
        _ photos: [Photo],
        remedy: String
    ) throws(UsageError) {
        guard photos.count > 1 else { return }
        throw UsageError("\(option) '\(value)' is for one photo, got \(photos.count); \(remedy).")
    }

    /// The photo's own name; what has no extension of a picture becomes a JPEG.
    private static func pictureName(_ photo: Photo) -> FilePath {
        let name = photo.relativePath
        return ImageFormat(fileExtension: name.fileExtension) == nil ? name.adding(suffix: ".jpg") : name
    }
}
