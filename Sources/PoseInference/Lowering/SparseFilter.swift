// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// The weights of a 1×1 filter that are not zero, in the order in which the sparse kernel takes them.
///
/// Output channels are cut into groups for threads, which cost about equally much. Within a group the input
/// channels are cut into chunks whose part of a tile stays in the first-level cache; within a chunk, output
/// channels are sorted by how many weights they take, so that the kernel's inner loop repeats equally often:
///
///     group 0: chunk 0: 4 weights each: channels 3 9 … | 5 weights each: … ; chunk 1: …     group 1: …
///
/// The first chunk and the last one name every channel, with weights of zero where there are none, because they
/// start its sum and end it.
struct SparseFilter {
    /// Bytes of a tile that one chunk of input channels may take, of a first-level cache of 32 KiB or more.
    private static let chunkByteCount = 20_480

    /// What bias, clamp and store of an output channel cost, in weights.
    private static let rowCost = 5

    let groups: AlignedBuffer<pk_sparse_group>
    let chunks: AlignedBuffer<pk_sparse_chunk>
    let runs: AlignedBuffer<pk_sparse_run>
    let channels: AlignedBuffer<UInt32>
    let weights: AlignedBuffer<pk_sparse_weight>
    /// Of the weights, the padding included.
    let weightCount: Int
    /// The most output channels of a group.
    let largestGroup: Int

    /// Sorts a filter `[outputs][inputs]` given by rows of positions and values.
    ///
    /// What follows in the same step costs `costBehind` of an output channel, in weights.
    init(
        _ sparsity: Sparsity,
        values: [Float],
        outputs: Int,
        inputs: Int,
        plane: Int,
        tile: Int,
        groupCount: Int,
        costBehind: Int
    ) {
        let chunk = max(1, Self.chunkByteCount / (tile * MemoryLayout<Float>.size))
        let chunkCount = (inputs + chunk - 1) / chunk
        var writer = Writer(plane: plane, spans: outputs * chunkCount, weights: values.count)
        // Where each row's weights of the next chunk start.
        var cursors = Array(sparsity.segments.dropLast())
        var spans: [Span] = []
        let rowCost = Self.rowCost + costBehind
        for rows in Self.groups(of: sparsity.segments, rowCost: rowCost, count: groupCount) {
            writer.startGroup(rows)
            for start in stride(from: 0, to: inputs, by: chunk) {
                let end = min(start + chunk, inputs)
                spans.removeAll(keepingCapacity: true)
                for row in rows {
                    let first = cursors[row]
                    var last = first
                    while last < sparsity.segments[row + 1], sparsity.indices[last] < end { last += 1 }
                    cursors[row] = last
                    if last > first || start == 0 || end == inputs {
                        spans.append(Span(channel: row - rows.lowerBound, weights: first..<last))
                    }
                }
                writer.startChunk(start..<end)
                for span in Span.sorted(spans, atMost: end - start) {
                    writer.append(span.channel, count: span.paddedCount)
                    for position in span.weights {
                        writer.append(values[position], input: sparsity.indices[position])
                    }
                    for _ in span.weights.count..<span.paddedCount { writer.append(0, input: start) }
                }
                writer.endChunk()
            }
        }
        largestGroup = Int(writer.groups.map(\.output_count).max() ?? 0)
        groups = AlignedBuffer(copying: writer.groups)
        chunks = AlignedBuffer(copying: writer.chunks)
        runs = AlignedBuffer(copying: writer.runs)
        channels = AlignedBuffer(copying: writer.channels)
        weights = writer.weights
        weightCount = writer.weightCount
    }

    /// The rows, cut where the cost so far is nearest to the groups' shares; each group has one row at least.
    private static func groups(of segments: [Int], rowCost: Int, count: Int) -> [Range<Int>] {
        let rows = segments.count - 1
        let costs = (0...rows).map { segments[$0] - segments[0] + $0 * rowCost }
        var ends: [Int] = []
        for group in 1...count {
            let share = costs[rows] * group / count
            var end = (ends.last ?? 0) + 1
            let furthest = rows - (count - group)
            while end < furthest, abs(costs[end + 1] - share) <= abs(costs[end] - share) { end += 1 }
            ends.append(group == count ? rows : end)
        }
        return zip([0] + ends, ends).map { $0..<$1 }
    }

    /// One output channel's weights of one chunk.
    private struct Span {
        var channel: Int
        var weights: Range<Int>

        /// At least one, for the kernel's loop.
        var paddedCount: Int { max(1, weights.count) }

        /// Spans by ascending count, those of one count in the order given.
        static func sorted(_ spans: [Span], atMost largest: Int) -> [Span] {
            var places = [Int](repeating: 0, count: largest + 2)
            for span in spans { places[span.paddedCount + 1] += 1 }
            for count in places.indices.dropFirst() { places[count] += places[count - 1] }
            var sorted = spans
            for span in spans {
                sorted[places[span.paddedCount]] = span
                places[span.paddedCount] += 1
            }
            return sorted
        }
    }

    /// The filter's arrays as they grow.
    private struct Writer {
        let plane: Int
        var groups: [pk_sparse_group] = []
        var chunks: [pk_sparse_chunk] = []
        var runs: [pk_sparse_run] = []
        var channels: [UInt32] = []
        /// With room for all: padding adds at most one a span.
        let weights: AlignedBuffer<pk_sparse_weight>
        private(set) var weightCount = 0
        private var firstRun = 0

        init(plane: Int, spans: Int, weights: Int) {
            self.plane = plane
            self.weights = AlignedBuffer(count: weights + spans, repeating: pk_sparse_weight())
            runs.reserveCapacity(spans)
            channels.reserveCapacity(spans)
        }

        mutating func startGroup(_ outputs: Range<Int>) {
            groups.append(
                pk_sparse_group(
                    first_output: UInt32(outputs.lowerBound),
                    output_count: UInt32(outputs.count),
                    first_chunk: UInt32(chunks.count),
                    chunk_count: 0,
                    first_run: UInt32(runs.count),
                    first_channel: UInt32(channels.count),
                    first_weight: UInt32(weightCount)
                )
            )
        }

        mutating func startChunk(_ inputs: Range<Int>) {
            firstRun = runs.count
            groups[groups.count - 1].chunk_count += 1
            chunks.append(
                pk_sparse_chunk(
                    first_input: UInt32(inputs.lowerBound),
                    input_count: UInt32(inputs.count),
                    run_count: 0
                )
            )
        }

        mutating func endChunk() {
            chunks[chunks.count - 1].run_count = UInt32(runs.count - firstRun)
        }

        /// Begins an output channel's weights; a run ends where their count changes.
        mutating func append(_ channel: Int, count: Int) {
            if runs.count > firstRun, let last = runs.last, last.weights == UInt32(count) {
                runs[runs.count - 1].channels += 1
            } else {
                runs.append(pk_sparse_run(channels: 1, weights: UInt32(count)))
            }
            channels.append(UInt32(channel))
        }

        mutating func append(_ value: Float, input: Int) {
            weights[weightCount] = pk_sparse_weight(value: value, offset: UInt32(input * plane))
            weightCount += 1
        }
    }
}
