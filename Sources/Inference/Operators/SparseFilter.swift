// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// The weights of a 1×1 filter that are not zero, in the order in which the sparse kernel takes them.
///
/// Output blocks are cut into groups for threads. Within a group the input channels are cut into chunks whose
/// part of a tile stays in the first-level cache; within a chunk, output channels are sorted by how many
/// weights they take, padded to an even number, so that the kernel's inner loop repeats equally often:
///
///     group 0: chunk 0: 4 weights each: channels 3 9 … | 6 weights each: … ; chunk 1: …     group 1: …
struct SparseFilter {
    /// Bytes of a tile that one chunk of input channels may take, of a first-level cache of 32 KiB or more.
    private static let chunkByteCount = 20_480

    let groups: AlignedBuffer<pk_sparse_group>
    let runs: AlignedBuffer<pk_sparse_run>
    let channels: AlignedBuffer<UInt32>
    let weights: AlignedBuffer<pk_sparse_weight>

    /// Sorts a filter `[outputs][inputs]` given by rows of positions and values.
    init(
        _ sparsity: Sparsity,
        values: [Float],
        outputs: Int,
        inputs: Int,
        lanes: Int,
        pitch: Int,
        groupCount: Int
    ) {
        let blocks = (outputs + lanes - 1) / lanes
        let chunk = max(1, Self.chunkByteCount / (pitch * MemoryLayout<Float>.size))
        var writer = Writer(pitch: pitch, capacity: values.count + values.count / 8)
        // Where each row's weights of the next chunk start.
        var cursors = Array(sparsity.segments.dropLast())
        for group in 0..<groupCount {
            let (first, last) = (blocks * group / groupCount, blocks * (group + 1) / groupCount)
            let rows = (first * lanes)..<min(last * lanes, outputs)
            writer.startGroup(firstBlock: first, blockCount: last - first)
            for start in stride(from: 0, to: inputs, by: chunk) {
                var spans: [(channel: Int, range: Range<Int>)] = []
                for row in rows {
                    let begin = cursors[row]
                    var end = begin
                    while end < sparsity.segments[row + 1], sparsity.indices[end] < start + chunk { end += 1 }
                    cursors[row] = end
                    if end > begin { spans.append((row - rows.lowerBound, begin..<end)) }
                }
                spans.sort { (($0.range.count + 1) / 2, $0.channel) < (($1.range.count + 1) / 2, $1.channel) }
                for (index, span) in spans.enumerated() {
                    writer.append(span.channel, startsChunk: index == 0, count: span.range.count)
                    for position in span.range {
                        writer.append(values[position], input: sparsity.indices[position])
                    }
                    if span.range.count % 2 == 1 { writer.repeatInput() }
                }
            }
            writer.endGroup()
        }
        groups = AlignedBuffer(copying: writer.groups)
        runs = AlignedBuffer(copying: writer.runs)
        channels = AlignedBuffer(copying: writer.channels)
        weights = AlignedBuffer(copying: writer.weights)
    }

    /// The filter's arrays as they grow.
    private struct Writer {
        let pitch: Int
        var groups: [pk_sparse_group] = []
        var runs: [pk_sparse_run] = []
        var channels: [UInt32] = []
        var weights: [pk_sparse_weight] = []

        init(pitch: Int, capacity: Int) {
            self.pitch = pitch
            weights.reserveCapacity(capacity)
        }

        mutating func startGroup(firstBlock: Int, blockCount: Int) {
            groups.append(
                pk_sparse_group(
                    first_block: UInt32(firstBlock),
                    block_count: UInt32(blockCount),
                    first_run: UInt32(runs.count),
                    run_count: 0,
                    first_channel: UInt32(channels.count),
                    first_weight: UInt32(weights.count)
                )
            )
        }

        mutating func endGroup() {
            groups[groups.count - 1].run_count = UInt32(runs.count) - groups[groups.count - 1].first_run
        }

        /// Begins an output channel's weights; a run ends where the count changes or a chunk starts.
        mutating func append(_ channel: Int, startsChunk: Bool, count: Int) {
            let padded = UInt32((count + 1) / 2 * 2)
            if !startsChunk, let last = runs.last, last.weights == padded {
                runs[runs.count - 1].channels += 1
            } else {
                runs.append(pk_sparse_run(channels: 1, weights: padded))
            }
            channels.append(UInt32(channel * pitch))
        }

        mutating func append(_ value: Float, input: Int) {
            weights.append(pk_sparse_weight(value: value, offset: UInt32(input * pitch)))
        }

        /// A zero weight on the last input once more, to make the count even.
        mutating func repeatInput() {
            guard let last = weights.last else { return }
            weights.append(pk_sparse_weight(value: 0, offset: last.offset))
        }
    }
}
