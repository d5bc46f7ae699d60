// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseSystem
import PoseImaging

/// One photo to work on, or the reason why an argument gave none.
enum PhotoEntry: Sendable {
    case photo(Photo)
    case failure(CommandFailure)
}

/// A photo and its name.
struct Photo: Sendable {
    /// The path to open, and the name in results; `-` for standard input.
    var path: String
    /// Where it stood below the directory that was named; its last component when it was named itself.
    var relativePath: String
}

/// Turns arguments into photos: files, directories with all below, quoted patterns, `-`.
struct PhotoList {
    /// Photos and failures, in the order of the arguments; those of a directory by name.
    private(set) var entries: [PhotoEntry] = []
    private let excluded: Set<String>

    /// Lists the photos of the arguments; directories below, where results go, are not entered.
    init(_ arguments: [String], excluding directories: [String]) {
        excluded = Set(directories.compactMap(resolvedPath))
        for argument in arguments { add(argument) }
    }

    /// The photos alone.
    var photos: [Photo] {
        entries.compactMap { entry in
            if case .photo(let photo) = entry { photo } else { nil }
        }
    }

    private mutating func add(_ argument: String) {
        if argument == "-" {
            entries.append(.photo(Photo(path: "-", relativePath: "stdin")))
        } else if fileStatus(argument) != nil {
            addExisting(argument)
        } else {
            let failure = SystemFailure.last
            guard failure.code == ENOENT, argument.contains(where: { "*?[".contains($0) }) else {
                fail("\(argument): \(failure.reason).")
                return
            }
            let matches = Self.matches(argument)
            if matches.isEmpty { fail("\(argument): no file matches this pattern.") }
            for match in matches { addExisting(match) }
        }
    }

    private mutating func addExisting(_ path: String) {
        guard fileStatus(path)?.isDirectory == true else {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            entries.append(.photo(Photo(path: path, relativePath: name)))
            return
        }
        let before = entries.count
        scan(path, prefix: "")
        if entries.count == before {
            fail("\(path): no photo in this directory (.jpg, .jpeg, .png, .webp).")
        }
    }

    /// Hidden files and links to directories are passed by: editors' and systems' litter, and loops.
    private mutating func scan(_ directory: String, prefix: String) {
        let names: [String]
        do {
            names = try Self.names(in: directory)
        } catch {
            fail("\(directory): \(error.reason).")
            return
        }
        for name in names where !name.hasPrefix(".") {
            let path = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
            var status = stat()
            guard unsafe lstat(path, &status) == 0 else { continue }
            if status.isDirectory {
                if let resolved = resolvedPath(path), excluded.contains(resolved) { continue }
                scan(path, prefix: prefix + name + "/")
            } else if ImageFormat(path: name) != nil, fileStatus(path)?.isDirectory != true {
                entries.append(.photo(Photo(path: path, relativePath: prefix + name)))
            }
        }
    }

    private mutating func fail(_ message: String) {
        entries.append(.failure(CommandFailure(.noInput, message)))
    }

    /// Names in the order of their bytes, the same everywhere.
    private static func names(in directory: String) throws(SystemFailure) -> [String] {
        guard let stream = unsafe opendir(directory) else { throw .last }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func matches(_ pattern: String) -> [String] {
        var result = unsafe glob_t()
        defer { unsafe globfree(&result) }
        guard unsafe glob(pattern, 0, nil, &result) == 0 else { return [] }
        let paths = (0..<Int(unsafe result.gl_pathc)).compactMap { index in
            unsafe result.gl_pathv[index].map { unsafe String(cString: $0) }
        }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
