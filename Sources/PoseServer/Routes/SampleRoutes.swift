// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseEstimation
import PoseHTTP
import PoseSystem

/// Pictures that a visitor without one can try: those of the tests, where set-up has put them beside the models.
enum SampleRoutes {
    /// Pictures that are free of rights: NASA's public domain, CC0.
    static let names = ["astronaut.png", "camera.png"]

    private static let largestByteCount = 2_000_000

    /// Serves the list and each picture that is there now; they stay in memory.
    static func add(to router: inout Router, store: ModelStore) {
        let folders = store.directories.compactMap { FilePath($0).parent?.appending(".media") }
        var found: [String] = []
        for name in names {
            let contents = folders.lazy.compactMap { folder in
                try? FileSystem.contents(of: folder.appending(name), limit: largestByteCount).bytes
            }
            guard let bytes = contents.first else { continue }
            found.append(name)
            router.on(.get, "/samples/\(name)") { _ in
                HTTPResponse(
                    status: 200,
                    headers: [
                        ("Content-Type", ImageFormat.png.mediaType), ("Cache-Control", "max-age=86400"),
                    ],
                    body: bytes
                )
            }
        }
        let list = found.map(JSONText.quoted).joined(separator: ",")
        router.on(.get, "/samples") { _ in
            HTTPResponse.json("{\"samples\":[\(list)]}\n", headers: [("Cache-Control", "no-store")])
        }
    }
}
