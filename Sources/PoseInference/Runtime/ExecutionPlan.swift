// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// A graph frozen into steps: kernels, packed weights and places in the arena.
package struct ExecutionPlan: Sendable {
    /// What a step does, for reports.
    package struct StepDescription: Sendable {
        /// The name of the tensor that it computes.
        package var name: String
        /// The operator, with its window where it has one: `CONV_2D 1x1`.
        package var operation: String
        /// Multiply-accumulates of the unpadded shapes.
        package var multiplyAccumulateCount: Int
        /// Units of work that threads share.
        package var unitCount: Int
        /// Turns in which a thread takes its share of the units, one after the other.
        package var turnCount: Int
        /// Floats of scratch that each thread needs.
        package var scratchCount: Int
    }

    /// One kernel call, possibly shared by several threads.
    @safe package struct Step: Sendable {
        package var description: StepDescription
        let kernel: pk_kernel
        /// Makes the kernel's arguments for one session's arena; the caller frees them.
        let makeArguments: @Sendable (ArenaAddresses) -> KernelArguments
    }

    /// A value that the caller writes or reads.
    package struct Port: Sendable {
        package var name: String
        package var shape: [Int]
        /// Floats from the arena's start.
        var offset: Int

        var elementCount: Int { shape.reduce(1, *) }
    }

    package var steps: [Step]
    package var inputs: [Port]
    package var outputs: [Port]
    /// The output that is no part of a pass, if there is one.
    var windowedOutput: WindowedOutput?
    /// Floats of the arena, without scratch.
    package var arenaCount: Int
    /// Parts of the arena that no step may touch; empty ranges unless asked for.
    package var guards: [Range<Int>]
    /// Floats of packed weights.
    package var weightCount: Int
    /// The instruction set that the kernels are for.
    package var instructionSet: InstructionSet

    /// Floats of scratch that one thread needs for any step, a whole number of cache lines.
    package var scratchCount: Int {
        (steps.map(\.description.scratchCount).max() ?? 0).roundedUp(toMultipleOf: 16)
    }
}

/// A session's arena, as the makers of kernel arguments see it.
@safe struct ArenaAddresses {
    let base: UnsafeMutablePointer<Float>

    func at(_ offset: Int) -> UnsafeMutablePointer<Float> { unsafe base + offset }
}

/// The arguments of one kernel call, on the heap.
@safe struct KernelArguments {
    let pointer: UnsafeMutableRawPointer

    init<T: BitwiseCopyable>(_ arguments: T) {
        let typed = UnsafeMutablePointer<T>.allocate(capacity: 1)
        unsafe typed.initialize(to: arguments)
        unsafe pointer = UnsafeMutableRawPointer(typed)
    }
}

extension Int {
    func roundedUp(toMultipleOf multiple: Int) -> Int { (self + multiple - 1) / multiple * multiple }
}
