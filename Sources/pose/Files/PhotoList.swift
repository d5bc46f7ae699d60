// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseSystem

/// One photo to work on, or the reason why an argument gave none.
enum PhotoEntry: Sendable {
    case photo(Photo)
    case failure(CommandFailure)
}

/// A photo and its name.
struct Photo: Sendable {
    /// The name to open; `-` for standard input.
    var path: FilePath
    /// Where it stood below the directory that was named; its last component when it was named itself.
    var relativePath: FilePath

    /// Whether it comes from standard input.
    var isStandardInput: Bool { path == "-" }
}

/// Turns arguments into photos: files, directories with all below, quoted patterns, `-`.
///
/// In directories, files are taken by their first bytes, whatever their names.
struct PhotoList {
    /// Photos and failures, in the order of the arguments; those of a directory by name.
    private(set) var entries: [PhotoEntry] = []
    /// What stands in the directories and is not taken.
    private(set) var passedBy = PassedBy()
    /// The directories that were looked through, without symbolic links.
    private(set) var directories: Set<FilePath> = []
    private let excluded: Set<FilePath>

    /// Lists the photos of the arguments; directories below, where results go, are not entered.
    init(_ arguments: [FilePath], excluding directories: [FilePath]) {
        excluded = Set(directories.compactMap(FileSystem.realPath))
        for argument in arguments { add(argument) }
    }

    /// The photos alone.
    var photos: [Photo] {
        entries.compactMap { entry in
            if case .photo(let photo) = entry { photo } else { nil }
        }
    }

    private mutating func add(_ argument: FilePath) {
        if argument == "-" {
            entries.append(.photo(Photo(path: "-", relativePath: "stdin")))
            return
        }
        do throws(SystemError) {
            addExisting(argument, try FileSystem.status(of: argument))
        } catch {
            guard error.code == ENOENT, argument.bytes.contains(where: "*?[".utf8.contains) else {
                fail("\(argument): \(error.reason).")
                return
            }
            let matches = FileSystem.names(matching: argument)
            if matches.isEmpty { fail("\(argument): no file matches this pattern.") }
            for match in matches { addExisting(match, try? FileSystem.status(of: match)) }
        }
    }

    private mutating func addExisting(_ path: FilePath, _ status: FileStatus?) {
        guard status?.kind == .directory else {
            entries.append(.photo(Photo(path: path, relativePath: path.name)))
            return
        }
        let before = entries.count
        scan(path, relativePath: "")
        if entries.count == before { fail("\(path): no photo in this directory (JPEG, PNG or WebP).") }
    }

    /// Hidden files are editors' and systems' litter, and links to directories may be loops.
    private mutating func scan(_ directory: FilePath, relativePath: FilePath) {
        let names: [FilePath]
        do throws(SystemError) {
            names = try FileSystem.names(in: directory)
        } catch {
            fail("\(directory): \(error.reason).")
            return
        }
        if let real = FileSystem.realPath(of: directory) { directories.insert(real) }
        for name in names where !name.isHidden {
            let photo = Photo(path: directory.appending(name), relativePath: relativePath.appending(name))
            // A file that went away meanwhile is no photo.
            guard let status = try? FileSystem.linkStatus(of: photo.path) else { continue }
            switch status.kind {
            case .directory where isExcluded(photo.path): break
            case .directory: scan(photo.path, relativePath: photo.relativePath)
            case .regularFile: addByContent(photo)
            case .symbolicLink: addLink(photo)
            case .pipe, .device, .socket: passedBy.add(photo.path, as: "special file")
            }
        }
    }

    private mutating func addLink(_ photo: Photo) {
        switch (try? FileSystem.status(of: photo.path))?.kind {
        case .regularFile: addByContent(photo)
        case .directory where isExcluded(photo.path): break
        case .directory: passedBy.add(photo.path, as: "linked folder")
        case nil: passedBy.add(photo.path, as: "broken link")
        default: passedBy.add(photo.path, as: "special file")
        }
    }

    /// Takes a photo; a file that is none, though its name says so, is told as one that is bad.
    private mutating func addByContent(_ photo: Photo) {
        let beginning = try? FileSystem.beginning(of: photo.path, byteCount: 1024)
        let isPhoto = beginning.flatMap(ImageFormat.detect) != nil
        if isPhoto || ImageFormat(fileExtension: photo.path.fileExtension) != nil {
            entries.append(.photo(photo))
        } else {
            passedBy.add(photo.path, as: beginning.map(PassedBy.kind) ?? "unreadable file")
        }
    }

    private func isExcluded(_ directory: FilePath) -> Bool {
        FileSystem.realPath(of: directory).map(excluded.contains) ?? false
    }

    private mutating func fail(_ message: String) {
        entries.append(.failure(CommandFailure(.noInput, message)))
    }
}
