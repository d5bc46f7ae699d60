// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Why a file that a command was given cannot be used.
struct UnusableFile: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The bytes of a file, or an error that names it.
func bytes(ofFile path: String) throws -> [UInt8] {
    do {
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
        throw UnusableFile("Cannot read '\(path)': \(error.localizedDescription)")
    }
}

/// The 32-bit floats of a file that must have so many.
func floats(ofFile path: String, count: Int) throws -> [Float] {
    let bytes = try bytes(ofFile: path)
    guard bytes.count == count * MemoryLayout<Float>.size else {
        throw UnusableFile("'\(path)' has \(bytes.count) bytes, expected \(count) 32-bit floats.")
    }
    return bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
}
