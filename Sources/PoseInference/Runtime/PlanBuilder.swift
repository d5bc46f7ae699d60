// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// Turns a graph into an execution plan, node by node.
///
/// Each operator's own rules are in `Operators/`; what several of them share is in `Lowering/`.
package struct PlanBuilder {
    /// A value's place in the arena before offsets are known.
    struct Place: Sendable {
        var value: Int
        var offset = 0
    }

    /// A step whose arguments still name places.
    @safe struct DraftStep {
        var description: ExecutionPlan.StepDescription
        var kernel: pk_kernel
        var makeArguments: @Sendable (Resolver) -> KernelArguments
    }

    /// Turns places into pointers.
    @safe struct Resolver {
        let offsets: [Int]
        let addresses: ArenaAddresses

        func callAsFunction(_ place: Place) -> UnsafeMutablePointer<Float> {
            unsafe addresses.at(offsets[place.value] + place.offset)
        }
    }

    /// Floats of working memory: 1 GiB.
    static let maxArenaCount = 1 << 28
    /// Floats of scratch of one thread: 64 MiB.
    static let maxScratchCount = 1 << 24
    /// Floats of a unit of work where each is one addition or comparison.
    static let elementwiseChunk = 4096
    /// Floats of packed weights: 512 MiB.
    static let maxWeightCount = 1 << 27

    let graph: Graph
    let instructionSet: InstructionSet
    let kernels: pk_kernels
    /// Threads that sparse filters are cut for; changes no bit of a result.
    let threadCount: Int
    /// Whether every sum keeps the order that XNNPACK has.
    let keepsBits: Bool
    let conversion = ConversionBuffer()
    private let arenaPadding: Int
    /// The output that is computed where it is asked for, if any.
    private let windowed: Int?
    var arena: ArenaPlanner
    private(set) var drafts: [DraftStep] = []
    private(set) var weightCount = 0
    /// Channel-blocked values, by tensor.
    private var blocked: [Int: Place] = [:]
    /// Planar values, by tensor.
    private(set) var planar: [Int: Place] = [:]
    /// Plain row-major values, by tensor.
    var plain: [Int: Place] = [:]

    /// Plans a graph that the required passes have run over, for one thread and for several.
    static func plan(
        _ graph: Graph,
        windowed: Int?,
        for instructionSet: InstructionSet,
        threadCount: Int,
        keepsBits: Bool,
        arenaPadding: Int
    ) throws(ModelError) -> (alone: ExecutionPlan, shared: ExecutionPlan) {
        guard let kernels = unsafe pk_kernels_for(instructionSet.kernelISA) else {
            throw ModelError(
                .unsupported,
                "This build or this processor has no kernels for \(instructionSet.rawValue)."
            )
        }
        var builder = unsafe PlanBuilder(
            graph: graph,
            windowed: windowed,
            instructionSet: instructionSet,
            kernels: kernels.pointee,
            threadCount: threadCount,
            keepsBits: keepsBits,
            arenaPadding: arenaPadding
        )
        return try builder.build()
    }

    private init(
        graph: Graph,
        windowed: Int?,
        instructionSet: InstructionSet,
        kernels: pk_kernels,
        threadCount: Int,
        keepsBits: Bool,
        arenaPadding: Int
    ) {
        arena = ArenaPlanner(padding: arenaPadding)
        self.arenaPadding = arenaPadding
        self.graph = graph
        self.windowed = windowed
        self.instructionSet = instructionSet
        self.kernels = kernels
        self.threadCount = threadCount
        self.keepsBits = keepsBits
    }

    var lanes: Int { kernels.lanes }

    private mutating func build() throws(ModelError) -> (alone: ExecutionPlan, shared: ExecutionPlan) {
        for input in graph.inputs {
            plain[input] = Place(value: arena.add(count: graph.tensors[input].elementCount, first: 0))
        }
        try placeConcatenations()
        let windowedProducer = try windowed.map { tensor throws(ModelError) in try windowedNode(tensor) }
        for node in graph.nodes {
            for operand in node.operation.filterOperands { try checkWeights(node.inputs[operand]) }
            if node.output != windowed { try node.operation.lower(node, into: &self) }
        }
        let results = graph.outputs.filter { $0 != windowed }
        var outputs: [Place] = []
        for output in results { outputs.append(try plainPlace(of: output)) }
        let windows = try windowedProducer.map { producer throws(ModelError) in
            (
                output: try windowedOutput(producer.node, producer.activation),
                source: try blockedPlace(of: producer.node.inputs[0])
            )
        }
        // Inputs and outputs stay valid from pass to pass, what windows are computed from until the next one.
        for place in outputs + graph.inputs.compactMap({ plain[$0] }) {
            arena.use(place.value, at: 0)
            arena.use(place.value, at: drafts.count)
        }
        if let source = windows?.source { arena.use(source.value, at: drafts.count) }
        try checkScratch()
        let ports = Array(zip(results, outputs))
        let alone = try plan(outputs: ports, windows, resting: false)
        return (alone, arena.hasRestingValues ? try plan(outputs: ports, windows, resting: true) : alone)
    }

    /// Gives values their places in the arena.
    private func plan(
        outputs: [(tensor: Int, place: Place)],
        _ windows: (output: WindowedOutput, source: Place)?,
        resting: Bool
    ) throws(ModelError) -> ExecutionPlan {
        let (offsets, count) = arena.place(resting: resting)
        guard count <= Self.maxArenaCount else {
            throw ModelError(
                .unsupported,
                "The model needs \(count / 262_144) MiB of working memory. Supported are "
                    + "\(Self.maxArenaCount / 262_144) MiB."
            )
        }
        func port(_ tensor: Int, _ place: Place) -> ExecutionPlan.Port {
            ExecutionPlan.Port(
                name: graph.tensors[tensor].name,
                shape: graph.tensors[tensor].shape,
                offset: offsets[place.value] + place.offset
            )
        }
        var windowedOutput = windows?.output
        if let source = windows?.source { windowedOutput?.offset = offsets[source.value] + source.offset }
        return ExecutionPlan(
            steps: drafts.map { draft in
                let make = draft.makeArguments
                return unsafe ExecutionPlan.Step(description: draft.description, kernel: draft.kernel) {
                    make(Resolver(offsets: offsets, addresses: $0))
                }
            },
            inputs: graph.inputs.compactMap { input in plain[input].map { port(input, $0) } },
            outputs: outputs.map(port),
            windowedOutput: windowedOutput,
            arenaCount: count,
            guards: zip(offsets, arena.values).map { offset, value in
                (offset + value.count)..<(offset + value.count + arenaPadding)
            },
            weightCount: weightCount,
            instructionSet: instructionSet
        )
    }

    /// Refuses steps that need far more memory of their own than any network that is meant.
    private func checkScratch() throws(ModelError) {
        let count = drafts.map(\.description.scratchCount).max() ?? 0
        guard count <= Self.maxScratchCount else {
            throw ModelError(
                .unsupported,
                "The model needs \(count / 262_144) MiB of scratch for each thread. Supported are "
                    + "\(Self.maxScratchCount / 262_144) MiB."
            )
        }
    }

    /// Refuses a filter that padding to whole blocks would make far larger than the file.
    private func checkWeights(_ tensor: Int) throws(ModelError) {
        let filter = shape(tensor)
        let rest = graph.tensors[tensor].elementCount / filter[0]
        let depthwise = filter[1] * filter[2] * blockCount(filter[3])
        let blocks = filter[0] == 1 ? max(depthwise, rest) : blockCount(filter[0]) * rest
        guard weightCount + blocks * lanes <= Self.maxWeightCount else {
            throw ModelError(
                .unsupported,
                "The model needs more than \(Self.maxWeightCount / 262_144) MiB of packed weights. Supported is at "
                    + "most that."
            )
        }
    }

    /// Gives the operands of each concatenation their place inside its output.
    private mutating func placeConcatenations() throws(ModelError) {
        let uses = graph.useCounts()
        for node in graph.nodes.reversed() {
            guard node.operation is Concatenation else { continue }
            let output =
                plain[node.output]
                ?? Place(value: arena.add(count: graph.tensors[node.output].elementCount, first: 0))
            plain[node.output] = output
            var offset = output.offset
            for input in node.inputs {
                guard uses[input] == 1, plain[input] == nil,
                    graph.nodes.contains(where: { $0.output == input && $0.operation is Reshape })
                else {
                    throw ModelError(
                        .unsupported,
                        "CONCATENATION of tensor \(input), which is not a reshaped value used once."
                    )
                }
                plain[input] = Place(value: output.value, offset: offset)
                offset += graph.tensors[input].elementCount
            }
        }
    }

    // MARK: - Values

    func shape(_ tensor: Int) -> [Int] { graph.tensors[tensor].shape }

    func blockCount(_ channels: Int) -> Int { (channels + lanes - 1) / lanes }

    /// The blocked value of an operand, converted from planes when need be.
    mutating func blockedPlace(of tensor: Int) throws(ModelError) -> Place {
        if let place = blocked[tensor] { return place }
        guard let place = planar[tensor] else {
            throw ModelError(
                .unsupported,
                "'\(graph.tensors[tensor].name)' is read as an image by an operator that cannot follow its producer."
            )
        }
        return convertIntoBlocks(tensor, place)
    }

    /// The plain value of an operand, unpacked from blocks when need be.
    mutating func plainPlace(of tensor: Int) throws(ModelError) -> Place {
        if let place = plain[tensor] { return place }
        let place = try unpack(tensor, into: nil)
        plain[tensor] = place
        return place
    }

    /// Whether an operand exists in plain form, as the model's inputs do.
    func hasPlain(_ tensor: Int) -> Bool { plain[tensor] != nil }

    /// Whether an operand exists in planes.
    func isPlanar(_ tensor: Int) -> Bool { planar[tensor] != nil }

    /// The value of an operand in blocks or in planes.
    mutating func place(of tensor: Int, isPlanar: Bool) throws(ModelError) -> Place {
        isPlanar ? try planarPlace(of: tensor) : try blockedPlace(of: tensor)
    }

    /// Takes arena memory for a result in blocks or in planes.
    mutating func makePlace(for tensor: Int, isPlanar: Bool) -> Place {
        isPlanar ? makePlanar(tensor) : makeBlocked(tensor)
    }

    /// Floats of a value in blocks or in planes, whatever fills them up included.
    func floatCount(of tensor: Int, isPlanar: Bool) -> Int {
        let shape = shape(tensor)
        return isPlanar ? shape[3] * planeCount(shape) : shape[1] * shape[2] * blockCount(shape[3]) * lanes
    }

    /// Takes arena memory for a blocked result.
    mutating func makeBlocked(_ tensor: Int) -> Place {
        let place = Place(
            value: arena.add(count: floatCount(of: tensor, isPlanar: false), first: drafts.count)
        )
        blocked[tensor] = place
        return place
    }

    /// Takes arena memory for a planar result, which threads divide by channels and by pixels in turn: it rests.
    mutating func makePlanar(_ tensor: Int) -> Place {
        let place = Place(
            value: arena.add(
                count: floatCount(of: tensor, isPlanar: true),
                first: drafts.count,
                rests: true
            )
        )
        planar[tensor] = place
        return place
    }

    /// Takes arena memory for a plain result, unless it has its place.
    mutating func makePlain(_ tensor: Int) -> Place {
        if let place = plain[tensor] { return place }
        let place = Place(value: arena.add(count: graph.tensors[tensor].elementCount, first: drafts.count))
        plain[tensor] = place
        return place
    }

    // MARK: - Steps

    /// Appends a step of a node that reads and writes some places.
    mutating func append<Arguments: BitwiseCopyable>(
        _ node: Graph.Node,
        operation: String,
        macs: Int = 0,
        kernel: pk_kernel,
        units: Int,
        turns: Int = ThreadPool.usualTurnCount,
        scratch: Int = 0,
        touching places: [Place],
        arguments: @escaping @Sendable (Resolver?) -> Arguments
    ) {
        unsafe append(
            resultNamed: node.output,
            operation: operation,
            macs: macs,
            kernel: kernel,
            units: units,
            turns: turns,
            scratch: scratch,
            touching: places,
            arguments: arguments
        )
    }

    /// Appends a step that reads and writes some places, under the name of a tensor.
    mutating func append<Arguments: BitwiseCopyable>(
        resultNamed tensor: Int,
        operation: String,
        macs: Int = 0,
        kernel: pk_kernel,
        units: Int,
        turns: Int = ThreadPool.usualTurnCount,
        scratch: Int = 0,
        touching places: [Place],
        arguments: @escaping @Sendable (Resolver?) -> Arguments
    ) {
        for place in places { arena.use(place.value, at: drafts.count) }
        let description = ExecutionPlan.StepDescription(
            name: graph.tensors[tensor].name,
            operation: operation,
            multiplyAccumulateCount: macs,
            unitCount: units,
            turnCount: turns,
            scratchCount: scratch
        )
        unsafe drafts.append(
            DraftStep(description: description, kernel: kernel) { KernelArguments(arguments($0)) }
        )
    }

    /// Counts packed weights, in floats, for the report.
    mutating func count(weights: Int) { weightCount += weights }

    /// Counts packed weights for the report.
    mutating func keep(_ weights: AlignedFloats) -> AlignedFloats {
        weightCount += weights.count
        return weights
    }
}
