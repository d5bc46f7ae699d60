// SPDX-License-Identifier: Apache-2.0

internal import PoseCodecs
package import PoseSystem

/// A photo and its name.
package struct Photo: Sendable {
    /// The name to open; `-` for standard input.
    package let path: FilePath
    /// Where it stood below the directory that was named; its last component when it was named itself.
    package let relativePath: FilePath

    /// Whether it comes from standard input.
    package var isStandardInput: Bool { path == "-" }
}

/// Turns names into photos: files, directories with all below, patterns, `-` for standard input.
///
/// In directories, files are taken by their first bytes, whatever their names.
package struct PhotoList {
    /// One photo to work on, or the sentence why a name gave none.
    package enum Entry: Sendable {
        case photo(Photo)
        case failure(String)
    }

    /// Photos and failures, in the order of the names; those of a directory by name.
    package private(set) var entries: [Entry] = []
    /// What stands in the directories and is not taken.
    package private(set) var passedBy = PassedBy()
    /// The directories that were looked through, without symbolic links.
    package private(set) var directories: Set<FilePath> = []
    private let excluded: Set<FilePath>

    /// Lists the photos; directories below, where results go, are not entered.
    package init(_ arguments: [FilePath], excluding directories: [FilePath]) {
        excluded = Set(directories.compactMap(FileSystem.realPath))
        for argument in arguments { add(argument) }
    }

    /// The photos alone.
    package var photos: [Photo] {
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
        if entries.count == before {
            fail("\(path): no photo in this directory of a format that is read; pose info lists them.")
        }
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
        let beginning = try? FileSystem.beginning(of: photo.path, byteCount: FileKind.sampleSize)
        let isPhoto = beginning.map { ImageFormat.detect($0) != nil } ?? false
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
        entries.append(.failure(message))
    }
}
