// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// A network that is compiled when it is first asked for.
final class CompiledOnce<Network: Sendable>: Sendable {
    private let network = Mutex<Network?>(nil)

    /// The network; those who come while it is compiled wait rather than compile the same again.
    func get(_ compile: () throws(PoseError) -> Network) throws(PoseError) -> Network {
        try network.withLock { network throws(PoseError) in
            if let network { return network }
            let compiled = try compile()
            network = compiled
            return compiled
        }
    }
}
