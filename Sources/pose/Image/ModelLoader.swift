// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import Synchronization

/// Loads the networks while the first photo is still being decoded.
final class ModelLoader: Sendable {
    private enum State {
        case loading(WorkerThread<Result<PoseModel, PoseError>>)
        case done(Result<PoseModel, PoseError>)
    }

    private let state: Mutex<State>

    /// Starts loading.
    init(complexity: ModelComplexity, store: ModelStore) {
        let load: @Sendable () -> Result<PoseModel, PoseError> = {
            do throws(PoseError) {
                return .success(try PoseModel(complexity: complexity, store: store))
            } catch {
                return .failure(error)
            }
        }
        do {
            state = Mutex(.loading(try WorkerThread(load)))
        } catch {
            state = Mutex(.done(load()))
        }
    }

    /// The networks, as soon as they are there.
    func model() throws(CommandFailure) -> PoseModel {
        let result = state.withLock { state -> Result<PoseModel, PoseError> in
            switch state {
            case .done(let result): return result
            case .loading(let thread):
                let failure = PoseError(.modelInvalid, "The models could not be loaded.")
                let result = thread.join() ?? .failure(failure)
                state = .done(result)
                return result
            }
        }
        do {
            return try result.get()
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension CommandFailure {
    /// The exit code of an error of the library.
    init(_ error: PoseError) {
        switch error.code {
        case .modelMissing, .modelInvalid: self.init(.unavailable, error.message)
        case .invalidOption: self.init(.usage, error.message)
        case .outputFailed: self.init(.outputFailed, error.message)
        default: self.init(.internalError, error.message)
        }
    }
}
