// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// A network ready to run: packed weights and an execution plan, immutable and shared between sessions.
public final class CompiledModel: Sendable {
    /// What a session of one thread runs.
    package let plan: ExecutionPlan
    /// The same for several threads, in other memory where some of it rests.
    private let sharedPlan: ExecutionPlan

    /// Takes a plan as it is, for tests that change one.
    package init(plan: ExecutionPlan) {
        (self.plan, sharedPlan) = (plan, plan)
    }

    private init(alone: ExecutionPlan, shared: ExecutionPlan) {
        (plan, sharedPlan) = (alone, shared)
    }

    /// What a session of so many threads runs.
    package func plan(threadCount: Int) -> ExecutionPlan { threadCount > 1 ? sharedPlan : plan }

    /// Reads a `.tflite` file's bytes and compiles the network for this processor.
    ///
    /// - Parameters:
    ///   - bytes: the whole file, treated as hostile; nothing of it is kept.
    ///   - outputs: names of the outputs to compute, all of them when `nil`; the work that only the others
    ///     need is dropped.
    /// - Throws: ``ModelError``.
    public convenience init(bytes: [UInt8], outputs: [String]? = nil) throws(ModelError) {
        try self.init(bytes: bytes, outputs: outputs, instructionSet: .selected)
    }

    /// Compiles for a given instruction set with given passes; where all of them keep every sum's order, the kernels do.
    ///
    /// The output named `windowed`, one of those to compute, is no part of a pass: its windows are computed when they are
    /// asked for. Sparse filters are cut for `threadCount` threads, which changes no bit of a result; `arenaPadding` floats behind
    /// every value become ``ExecutionPlan/guards``.
    package convenience init(
        bytes: [UInt8],
        outputs: [String]? = nil,
        windowed: String? = nil,
        instructionSet: InstructionSet = .selected,
        passes: [GraphOptimizer.Pass] = GraphOptimizer.all,
        threadCount: Int = usualThreadCount,
        arenaPadding: Int = 0
    ) throws(ModelError) {
        var graph = try ModelReader.read(bytes)
        if let outputs { try graph.select(outputs: outputs) }
        try GraphOptimizer.optimize(&graph, passes: passes)
        let (alone, shared) = try PlanBuilder.plan(
            graph,
            windowed: windowed.map { name throws(ModelError) in try graph.output(named: name) },
            for: instructionSet,
            threadCount: threadCount,
            keepsBits: passes.allSatisfy(\.keepsBits),
            arenaPadding: arenaPadding
        )
        self.init(alone: alone, shared: shared)
    }

    /// The threads a model is compiled for: the cores there are, from two to eight.
    ///
    /// More parts than threads cost every session time, and a session may have fewer threads than there are cores.
    package static let usualThreadCount = min(max(2, CoreCount.available), 8)

    /// Shapes of the inputs, NHWC.
    public var inputShapes: [[Int]] { plan.inputs.map(\.shape) }
    /// Names of the outputs, in the order of ``InferenceSession/withOutput(_:_:)``.
    public var outputNames: [String] { plan.outputs.map(\.name) }
    /// Shapes of the outputs, in that order.
    public var outputShapes: [[Int]] { plan.outputs.map(\.shape) }
    /// Shape of the output that is computed by windows, if one is.
    package var windowedShape: [Int]? { plan.windowedOutput?.shape }
}

extension Graph {
    /// Keeps some of the outputs, in the order asked.
    mutating func select(outputs names: [String]) throws(ModelError) {
        var selected: [Int] = []
        for name in names { selected.append(try output(named: name)) }
        outputs = selected
    }

    /// The tensor of an output.
    func output(named name: String) throws(ModelError) -> Int {
        guard let output = outputs.first(where: { tensors[$0].name == name }) else {
            throw ModelError(
                .unsupported,
                "The model has no output '\(name)'. It has \(outputs.map { tensors[$0].name })."
            )
        }
        return output
    }
}
