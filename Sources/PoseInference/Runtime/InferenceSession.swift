// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// One arena that runs one compiled model, one pass at a time.
///
/// Not shared: each worker owns its session. A pass allocates nothing.
@safe public struct InferenceSession: ~Copyable {
    /// The model this session runs.
    public let model: CompiledModel
    private let plan: ExecutionPlan
    private let threads: ThreadPool
    private let memory: SessionMemory
    private let steps: [ThreadPool.Job]

    /// Takes memory for the passes of a model.
    public init(model: CompiledModel, threads: ThreadPool) {
        self.init(model: model, threads: threads, sharing: nil)
    }

    /// The same in memory that other sessions use in turn, where it is large enough.
    package init(model: CompiledModel, threads: ThreadPool, sharing shared: SessionMemory?) {
        let plan = model.plan(threadCount: threads.threadCount)
        self.plan = plan
        self.model = model
        self.threads = threads
        let suitable = shared.flatMap { $0.fits(plan, threadCount: threads.threadCount) ? $0 : nil }
        memory = suitable ?? SessionMemory(for: [model], threadCount: threads.threadCount)
        var jobs: [ThreadPool.Job] = []
        if let base = unsafe memory.arena.buffer.baseAddress,
            let scratchBase = unsafe memory.scratch.buffer.baseAddress
        {
            for step in plan.steps {
                let arguments = step.makeArguments(unsafe ArenaAddresses(base: base))
                unsafe jobs.append(
                    ThreadPool.Job(
                        kernel: step.kernel,
                        arguments: arguments.pointer,
                        scratch: scratchBase,
                        scratchStride: plan.scratchCount,
                        unitCount: step.description.unitCount,
                        turnCount: step.description.turnCount,
                        name: step.description.operation
                    )
                )
            }
        }
        steps = jobs
    }

    deinit {
        for step in steps { unsafe step.arguments.deallocate() }
    }

    /// Lends the memory of an input for writing: NHWC, 32-bit floats.
    public mutating func withInput<R>(
        _ index: Int = 0,
        _ body: (UnsafeMutableBufferPointer<Float>) -> R
    ) -> R {
        let port = plan.inputs[index]
        return unsafe body(slice(port))
    }

    /// Runs one forward pass.
    public mutating func run() {
        for step in steps { threads.run(step) }
    }

    /// Runs one forward pass as long as a condition holds, which is asked before each step.
    ///
    /// - Parameter condition: asked some 60 to 300 times in a pass, on the calling thread; it should take less than a
    ///   microsecond and allocate nothing.
    /// - Returns: whether the pass ran to its end; if not, the outputs hold nothing of use, and the next pass is as good
    ///   as any.
    public mutating func run(while condition: () -> Bool) -> Bool {
        for step in steps {
            guard condition() else { return false }
            threads.run(step)
        }
        return true
    }

    /// Runs one forward pass and lowers each step's shortest time, in nanoseconds.
    package mutating func run(timing times: inout [UInt64]) {
        let clock = ContinuousClock()
        for (index, step) in steps.enumerated() {
            let start = clock.now
            threads.run(step)
            times[index] = min(times[index], UInt64((clock.now - start) / .nanoseconds(1)))
        }
    }

    /// Lends the values of an output of the last pass: NHWC, 32-bit floats.
    public func withOutput<R>(_ index: Int, _ body: (UnsafeBufferPointer<Float>) -> R) -> R {
        let port = plan.outputs[index]
        return unsafe body(UnsafeBufferPointer(slice(port)))
    }

    /// Computes packed windows of an output, shared by all threads.
    mutating func run(
        _ output: WindowedOutput,
        _ windows: UnsafeMutableBufferPointer<pk_window>,
        into values: UnsafeMutableBufferPointer<Float>,
        stride: Int
    ) {
        guard let base = unsafe memory.arena.buffer.baseAddress,
            let scratch = unsafe memory.scratch.buffer.baseAddress
        else { return }
        var arguments = unsafe output.arguments(
            ArenaAddresses(base: base),
            windows: UnsafePointer(windows.baseAddress),
            values: values.baseAddress,
            stride: stride
        )
        unsafe withUnsafeMutableBytes(of: &arguments) { bytes in
            guard let address = bytes.baseAddress else { return }
            unsafe threads.run(
                ThreadPool.Job(
                    kernel: output.kernel,
                    arguments: address,
                    scratch: scratch,
                    scratchStride: 0,
                    unitCount: windows.count,
                    name: "CONV_2D 1x1 windows"
                )
            )
        }
    }

    /// The output that is no part of a pass, if there is one.
    var windowedOutput: WindowedOutput? { plan.windowedOutput }

    /// Lends the arena and the scratch of all threads, for tests of what a pass touches.
    package mutating func withMemory<R>(
        _ body: (UnsafeMutableBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) -> R
    ) -> R {
        unsafe body(memory.arena.buffer, memory.scratch.buffer)
    }

    private func slice(_ port: ExecutionPlan.Port) -> UnsafeMutableBufferPointer<Float> {
        unsafe UnsafeMutableBufferPointer(
            rebasing: memory.arena.buffer[port.offset..<(port.offset + port.elementCount)]
        )
    }
}
