// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation

/// The binary part of a glTF file, and the accessors into it.
///
/// Source: Khronos, "glTF 2.0 Specification", 3.6: little-endian, each view on a multiple of 4.
struct GLTFBuffer {
    private struct Accessor {
        var offset: Int
        var byteCount: Int
        var componentType: Int
        var count: Int
        var type: String
        var range: (min: [Float], max: [Float])?
        var target: Int?
    }

    private(set) var bytes: [UInt8] = []
    private var accessors: [Accessor] = []

    /// Appends numbers, and gives their accessor.
    ///
    /// - Parameters:
    ///   - numbers: all components, one element after the other.
    ///   - type: `SCALAR`, `VEC3`, `VEC4`, `MAT4`.
    ///   - width: components of an element.
    ///   - hasRange: whether least and most are told, which times and positions must.
    ///   - target: what a view of a mesh is for; `nil` for others.
    /// - Returns: the accessor's number.
    mutating func add(_ numbers: [Float], _ type: String, width: Int, hasRange: Bool, target: Int? = nil)
        -> Int
    {
        var range: (min: [Float], max: [Float])?
        if hasRange, numbers.count >= width {
            let columns = (0..<width).map { column in
                stride(from: column, to: numbers.count, by: width).map { numbers[$0] }
            }
            range = (columns.map { $0.min() ?? 0 }, columns.map { $0.max() ?? 0 })
        }
        let offset = bytes.count
        for number in numbers { append(number.bitPattern) }
        return add(offset, 5126, numbers.count / width, type, range, target)
    }

    /// Appends indices of a mesh.
    mutating func add(indices: [UInt16]) -> Int {
        let offset = bytes.count
        for index in indices { bytes += [UInt8(index & 255), UInt8(index >> 8)] }
        return add(offset, 5123, indices.count, "SCALAR", nil, 34963)
    }

    /// Appends four joints of each of a mesh's corners.
    mutating func add(joints: [UInt8]) -> Int {
        let offset = bytes.count
        bytes += joints
        return add(offset, 5121, joints.count / 4, "VEC4", nil, 34962)
    }

    private mutating func add(
        _ offset: Int,
        _ componentType: Int,
        _ count: Int,
        _ type: String,
        _ range: (min: [Float], max: [Float])?,
        _ target: Int?
    ) -> Int {
        let byteCount = bytes.count - offset
        while bytes.count % 4 != 0 { bytes.append(0) }
        accessors.append(
            Accessor(
                offset: offset,
                byteCount: byteCount,
                componentType: componentType,
                count: count,
                type: type,
                range: range,
                target: target
            )
        )
        return accessors.count - 1
    }

    private mutating func append(_ word: UInt32) {
        for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }

    /// Writes the members `accessors` and `bufferViews`; each accessor has a view of its own.
    func write(into writer: inout JSONWriter) {
        writer.key("accessors")
        writer.array { writer in
            for (index, accessor) in accessors.enumerated() {
                writer.object { writer in
                    writer.member("bufferView", index)
                    writer.member("componentType", accessor.componentType)
                    writer.member("count", accessor.count)
                    writer.member("type", accessor.type)
                    if let range = accessor.range {
                        writer.member("min", range.min)
                        writer.member("max", range.max)
                    }
                }
            }
        }
        writer.key("bufferViews")
        writer.array { writer in
            for accessor in accessors {
                writer.object { writer in
                    writer.member("buffer", 0)
                    writer.member("byteOffset", accessor.offset)
                    writer.member("byteLength", accessor.byteCount)
                    if let target = accessor.target { writer.member("target", target) }
                }
            }
        }
    }
}

/// Bytes as text, by RFC 4648.
enum Base64 {
    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var word = 0
            for index in 0..<3 { word = word << 8 | (index < group.count ? Int(group[start + index]) : 0) }
            for index in 0..<4 {
                let isPadding = index > group.count
                text.append(isPadding ? UInt8(ascii: "=") : letters[word >> (18 - 6 * index) & 63])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
