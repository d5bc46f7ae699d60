// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// What can be said of a file before any program looks at it.
enum FileCheck {
    /// Whether a file begins as MP4 and QuickTime files do; ffmpeg takes any file of such a name for one.
    static func isQuickTime(_ path: FilePath) -> Bool {
        let bytes = (try? FileSystem.beginning(of: path, byteCount: 8)) ?? []
        return ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"].contains {
            bytes.dropFirst(4).elementsEqual($0.utf8)
        }
    }

    /// Refuses what is no file with contents that may be read.
    static func check(_ path: FilePath) throws(MediaError) {
        let status: FileStatus
        do throws(SystemError) {
            status = try FileSystem.status(of: path)
        } catch {
            let isMissing = error.code == ENOENT || error.code == ENOTDIR
            throw MediaError(
                isMissing ? .notFound : .unreadable,
                "'\(path)' cannot be read: \(error).",
                cause: error
            )
        }
        guard status.kind != .directory else {
            throw MediaError(.unreadable, "'\(path)' is a directory; a video file is expected.")
        }
        do throws(SystemError) {
            // Waits for nobody, and tells pipes and devices apart.
            _ = try FileDescriptor.reading(regularFile: path)
        } catch {
            throw MediaError(.unreadable, "'\(path)' cannot be read: \(error).", cause: error)
        }
        guard status.byteCount > 0 else {
            throw MediaError(.notVideo, "'\(path)' is empty; a video file is expected.")
        }
    }
}
