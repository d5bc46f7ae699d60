// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

extension Photo {
    /// What is made of it; `nil` for standard input, which brings something else each time.
    var origin: FileOrigin? {
        isStandardInput ? nil : (try? FileSystem.status(of: path)).map { FileOrigin(self.path.text, $0) }
    }

    /// Its bytes.
    ///
    /// - Parameter limit: most of them.
    /// - Returns: all of them, at least one.
    /// - Throws: ``CommandFailure`` that names the photo.
    func read(limit: Int) throws(CommandFailure) -> [UInt8] {
        if isStandardInput, isatty(STDIN_FILENO) == 1 {
            throw CommandFailure(.noInput, "-: standard input is a terminal; pipe a photo into it.")
        }
        let contents: FileContents
        do throws(SystemError) {
            contents =
                isStandardInput
                ? try FileSystem.standardInput(limit: limit)
                : try FileSystem.contents(of: path, limit: limit)
        } catch .notRegularFile {
            throw CommandFailure(
                .noInput,
                "\(path): not a regular file. To read from a pipe, give - as the photo and pipe into it."
            )
        } catch {
            throw CommandFailure(.noInput, "\(path): \(error.reason).")
        }
        guard let bytes = contents.bytes else {
            throw CommandFailure(
                .badInput,
                "\(path): more than \(limit) bytes, which no picture within --max-pixels needs."
            )
        }
        if bytes.isEmpty { throw CommandFailure(.badInput, "\(path): empty; a picture is expected.") }
        return bytes
    }
}
