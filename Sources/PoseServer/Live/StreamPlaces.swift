// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The streams that a server allows at a time.
final class StreamPlaces: Sendable {
    /// One of them, free again when it is let go.
    final class Place: Sendable {
        private let places: StreamPlaces

        fileprivate init(_ places: StreamPlaces) {
            self.places = places
        }

        deinit { places.taken.withLock { $0 -= 1 } }
    }

    let limit: Int
    private let taken = Mutex(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes one.
    ///
    /// - Throws: 503 when there is none left.
    func take() throws(ServiceFault) -> Place {
        let isFree = taken.withLock { taken in
            guard taken < limit else { return false }
            taken += 1
            return true
        }
        guard isFree else {
            throw ServiceFault(
                503,
                "busy",
                "This server follows up to \(limit) streams at a time, and there are as many. Try again when one has ended."
            )
        }
        return Place(self)
    }

    var takenCount: Int { taken.withLock { $0 } }
}
