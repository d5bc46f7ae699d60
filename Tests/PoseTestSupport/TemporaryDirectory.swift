// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// A directory that is removed at the end of its life.
public final class TemporaryDirectory: Sendable {
    /// The directory.
    public let url: URL

    /// Makes an empty directory.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "swift-pose-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of something in it.
    public func path(_ name: String) -> String { url.appending(path: name).path }

    /// Names of what is in it.
    public var contents: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: url.path).sorted()) ?? []
    }
}
