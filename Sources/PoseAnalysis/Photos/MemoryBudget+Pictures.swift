// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseSystem

extension MemoryBudget {
    /// Draws the bytes that a step of a picture takes.
    ///
    /// - Parameters:
    ///   - byteCount: how many.
    ///   - purpose: what for, to follow "to": `decode the picture`.
    /// - Returns: what is drawn; it comes back when the reservation goes.
    /// - Throws: `ImageError` `.tooLarge` when the whole budget has fewer, `.outOfMemory` when fewer are left.
    func reserve(_ byteCount: Int, for purpose: String) throws(ImageError) -> MemoryReservation {
        if let reservation = reserve(byteCount) { return reservation }
        let megabytes = byteCount / 1_000_000 + 1
        guard byteCount <= self.byteCount else {
            throw ImageError(
                .tooLarge,
                "\(megabytes) MB are needed to \(purpose); all pictures together may take "
                    + "\(self.byteCount / 1_000_000) MB here. Scale it down first."
            )
        }
        throw ImageError(
            .outOfMemory,
            "\(megabytes) MB are needed to \(purpose), and other pictures hold them. Try again in a moment."
        )
    }
}
