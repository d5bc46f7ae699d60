// SPDX-License-Identifier: Apache-2.0

import PoseMedia

// What PoseMedia's article shows.

func copyFilm(from source: String, to copy: String) throws {
    let reader = try VideoReader(.file(source))
    let writer = try VideoWriter(
        path: copy,
        width: reader.info.width,
        height: reader.info.height,
        color: reader.info.color,
        recycle: { reader.recycle($0) }
    )
    while let frame = try reader.next() {
        try writer.write(frame.picture, at: frame.time)
    }
    try writer.finish()
}
