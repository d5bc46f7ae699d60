// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport
import Testing

/// What a run of the program left.
struct ProgramRun {
    var code: Int32
    var wasKilledBySignal: Bool
    var output: Data
    var errors: String

    /// Standard output as text.
    var text: String { String(decoding: output, as: UTF8.self) }
    /// Standard output's lines.
    var lines: [String] { text.split(separator: "\n").map(String.init) }

    /// Standard output's lines as JSON objects.
    func objects() throws -> [[String: Any]] {
        try lines.map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }
}

/// A directory of its own for one test, and the built program run in it as a user does.
final class TestProgram: Sendable {
    /// The working directory of every run.
    let directory: URL

    /// The program, beside the tests that were built with it.
    static let executable: URL = {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: "pose")
    }()

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "pose-cli-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    /// Runs `pose` to its end.
    func pose(
        _ arguments: String...,
        input: Data? = nil,
        environment: [String: String] = [:]
    ) async throws -> ProgramRun {
        try await run(Self.executable.path, arguments, input: input, environment: environment)
    }

    /// Runs `pose` to its end.
    func pose(list arguments: [String], environment: [String: String]) async throws -> ProgramRun {
        try await run(Self.executable.path, arguments, environment: environment)
    }

    /// Runs a line of the shell, in which `pose` is the program.
    func shell(_ script: String) async throws -> ProgramRun {
        let path = Self.executable.deletingLastPathComponent().path
        return try await run("/bin/bash", ["-c", "PATH='\(path)':$PATH; \(script)"])
    }

    private func run(
        _ executable: String,
        _ arguments: [String],
        input: Data? = nil,
        environment: [String: String] = [:]
    ) async throws -> ProgramRun {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "pose-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = ["in", "out", "err"].map { scratch.appending(path: $0) }
        try (input ?? Data()).write(to: files[0])
        try Data().write(to: files[1])
        try Data().write(to: files[2])
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = Self.environment.merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try await process.runToEnd()
        return ProgramRun(
            code: process.terminationStatus,
            wasKilledBySignal: process.terminationReason == .uncaughtSignal,
            output: try Data(contentsOf: files[1]),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
        )
    }

    /// Without what a developer may have set, and in English.
    private static let environment = ProcessInfo.processInfo.environment.filter { $0.key != "POSE_MODELS" }
        .merging(["POSE_MODELS": Media.modelsDirectory.path, "LC_ALL": "C"]) { $1 }

    /// Writes a file and the directories above it.
    func write(_ name: String, _ data: Data) throws {
        let file = directory.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try data.write(to: file)
    }

    /// Copies a test picture under a name.
    func place(_ medium: String, as name: String) throws {
        try write(name, try Data(contentsOf: Media.directory.appending(path: medium)))
    }

    /// A file's bytes.
    func read(_ name: String) throws -> Data {
        try Data(contentsOf: directory.appending(path: name))
    }

    /// Every file below the directory, hidden ones too, in order.
    func files() throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: directory.path)
        return names.filter { name in
            var isDirectory: ObjCBool = false
            let path = directory.appending(path: name).path
            return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
                && !isDirectory.boolValue
        }.sorted()
    }
}
