// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem
internal import Synchronization

/// Memory for the square in which a part of a skeleton is drawn.
@safe final class Tile: @unchecked Sendable {
    /// 4 bytes a pixel.
    let bytes: UnsafeMutableRawBufferPointer

    // Whoever took it from the pool is the only one to use it.
    fileprivate init() throws(RenderingError) {
        let byteCount = TilePool.side * TilePool.side * 4
        guard let memory = unsafe malloc(byteCount) else {
            throw RenderingError("There is no memory to draw in (\(byteCount) bytes).")
        }
        unsafe bytes = UnsafeMutableRawBufferPointer(start: memory, count: byteCount)
    }

    deinit { unsafe free(bytes.baseAddress) }
}

/// Tiles that were used for earlier frames; as many as there are threads that drew at the same time.
final class TilePool: Sendable {
    /// Pixels of a tile's side: a person in a full-high-definition frame takes two tiles at most, in 4 MiB.
    static let side = 1024

    private let unused = Mutex<[Tile]>([])

    /// Lends a tile; its content is whatever was left there.
    func withTile(_ body: (Tile) throws(RenderingError) -> Void) throws(RenderingError) {
        let tile = if let last = unused.withLock({ $0.popLast() }) { last } else { try Tile() }
        defer { unused.withLock { $0.append(tile) } }
        try body(tile)
    }
}
