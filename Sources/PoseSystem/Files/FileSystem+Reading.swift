// SPDX-License-Identifier: Apache-2.0

/// A file's size, and its bytes unless there are more than were asked for.
package struct FileContents: Sendable {
    /// How many bytes there are, as far as was looked.
    package let byteCount: Int
    /// All bytes; `nil` when there are more than the limit.
    package let bytes: [UInt8]?

    fileprivate init(_ bytes: [UInt8], limit: Int) {
        byteCount = bytes.count
        self.bytes = bytes.count <= limit ? bytes : nil
    }

    fileprivate init(tooLong byteCount: Int) {
        self.byteCount = byteCount
        bytes = nil
    }
}

extension FileSystem {
    /// Reads a regular file; one that is longer than `limit` is not read.
    ///
    /// - Throws: ``SystemError``; for a pipe, a device or a socket ``SystemError/notRegularFile``, without waiting.
    package static func contents(of path: FilePath, limit: Int) throws(SystemError) -> FileContents {
        let file = try FileDescriptor.reading(regularFile: path)
        let byteCount = try file.status().byteCount
        guard byteCount <= limit else { return FileContents(tooLong: byteCount) }
        return FileContents(try file.read(expectedCount: byteCount, limit: limit + 1), limit: limit)
    }

    /// Reads the first bytes of a regular file.
    package static func beginning(of path: FilePath, byteCount: Int) throws(SystemError) -> [UInt8] {
        try FileDescriptor.reading(regularFile: path).read(limit: byteCount)
    }

    /// The text of a file that has no size until it is read, as those of `/proc` and `/sys`; its first 4 MiB at most.
    ///
    /// - Returns: `nil` when it cannot be read.
    package static func systemText(of path: FilePath) -> String? {
        (try? beginning(of: path, byteCount: 4 << 20)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Reads standard input to its end.
    package static func standardInput(limit: Int) throws(SystemError) -> FileContents {
        // The original stays open for whoever reads it next.
        let copy = FileDescriptor(takingOver: try systemCall { dup(STDIN_FILENO) })
        return FileContents(try copy.read(limit: limit + 1), limit: limit)
    }
}

// MARK: - Directories

extension FileSystem {
    /// The names in a directory, without `.` and `..`, in the order of their bytes.
    package static func names(in directory: FilePath) throws(SystemError) -> [FilePath] {
        let opened = directory.withCString { name -> Result<[FilePath], SystemError> in
            guard let stream = unsafe opendir(name) else { return .failure(.last) }
            defer { unsafe closedir(stream) }
            var names: [FilePath] = []
            while let entry = unsafe readdir(stream) {
                let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe FilePath(bytes: $0) }
                if name != "." && name != ".." { names.append(name) }
            }
            return .success(names)
        }
        return try opened.get().sorted()
    }

    /// The names that match a pattern with `*`, `?` and `[`, in the order of their bytes.
    package static func names(matching pattern: FilePath) -> [FilePath] {
        let names = pattern.withCString { pattern -> [FilePath] in
            var result = unsafe glob_t()
            defer { unsafe globfree(&result) }
            guard unsafe glob(pattern, 0, nil, &result) == 0 else { return [] }
            return (0..<Int(unsafe result.gl_pathc)).compactMap { index in
                unsafe result.gl_pathv[index].map { unsafe FilePath(cString: $0) }
            }
        }
        return names.sorted()
    }
}
