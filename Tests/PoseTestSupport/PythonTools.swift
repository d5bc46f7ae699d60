// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Testing

/// Other people's programs in Python, which set-up obtains for tests.
public enum PythonTools {
    /// The folder of the packages.
    public static let packages = Media.repository.appending(path: ".build-setup/python")

    /// Whether they are there.
    public static var areThere: Bool {
        FileManager.default.fileExists(atPath: packages.appending(path: "stamp").path)
    }

    /// Runs a script of the repository on an input, to its end.
    ///
    /// - Parameters:
    ///   - script: its path in the repository.
    ///   - input: what it reads.
    /// - Returns: its status, and what it wrote.
    /// - Throws: when it cannot be started.
    public static func run(_ script: String, input: Data) throws -> (
        status: Int32, output: Data, errors: String
    ) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", Media.repository.appending(path: script).path]
        process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": packages.path]) {
            $1
        }
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "pose-python-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["in", "out", "err"].map { folder.appending(path: $0) }
        try input.write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        let errors = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
        return (process.terminationStatus, try Data(contentsOf: files[1]), errors)
    }
}

extension Trait where Self == ConditionTrait {
    /// Runs where set-up could obtain the packages of `Setup/python.txt`.
    public static var needsPythonTools: Self {
        .enabled(if: PythonTools.areThere, "Setup/python.txt: its packages could not be obtained")
    }
}
