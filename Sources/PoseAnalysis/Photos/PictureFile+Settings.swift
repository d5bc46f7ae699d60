// SPDX-License-Identifier: Apache-2.0

package import PoseCodecs
internal import PoseImaging

extension PictureFile {
    /// Reads the header of a file that is to be analysed.
    ///
    /// - Parameters:
    ///   - bytes: a whole file.
    ///   - settings: what is to be done with it.
    /// - Throws: ``AnalysisError``.
    package init(_ bytes: [UInt8], settings: AnalysisSettings) throws(AnalysisError) {
        do throws(ImageError) {
            try self.init(bytes, limits: settings.imageLimits)
        } catch {
            throw AnalysisError(error, timeLimit: settings.timeLimit)
        }
    }
}
