// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// 1 / (1 + e⁻ˣ) in single precision, with the C library's exponential as MediaPipe has it.
@inline(__always)
package func sigmoid(_ x: Float) -> Float {
    1 / (1 + expf(-x))
}
