// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// The weights of a 1×1 filter that are not zero, in the order in which the sparse kernel takes them.
///
/// Output channels are cut into groups for threads. Within a group the input channels are cut into chunks whose
/// part of a tile stays in the first-level cache; within a chunk, output channels are sorted by how many
/// weights they take, padded to an even number, so that the kernel's inner loop repeats equally often:
///
///     group 0: chunk 0: 4 weights each: channels 3 9 … | 6 weights each: … ; chunk 1: …     group 1: …
///
/// The first chunk and the last one name every channel, with weights of zero where there are none, because they
/// start its sum and end it.
struct SparseFilter {
    /// Bytes of a tile that one chunk of input channels may take, of a first-level cache of 32 KiB or more.
    private static let chunkByteCount = 20_480

    let groups: AlignedBuffer<pk_sparse_group>
    let chunks: AlignedBuffer<pk_sparse_chunk>
    let runs: AlignedBuffer<pk_sparse_run>
    let channels: AlignedBuffer<UInt32>
    let weights: AlignedBuffer<pk_sparse_weight>

    /// Sorts a filter `[outputs][inputs]` given by rows of positions and values.
    init(
        _ sparsity: Sparsity,
        values: [Float],
        outputs: Int,
        inputs: Int,
        plane: Int,
        tile: Int,
        groupCount: Int
    ) {
        let chunk = max(1, Self.chunkByteCount / (tile * MemoryLayout<Float>.size))
        var writer = Writer(plane: plane, capacity: values.count + values.count / 8)
        // Where each row's weights of the next chunk start.
        var cursors = Array(sparsity.segments.dropLast())
        for group in 0..<groupCount {
            let rows = (outputs * group / groupCount)..<(outputs * (group + 1) / groupCount)
            writer.startGroup(rows)
            for start in stride(from: 0, to: inputs, by: chunk) {
                let end = min(start + chunk, inputs)
                var spans: [(channel: Int, range: Range<Int>)] = []
                for row in rows {
                    let first = cursors[row]
                    var last = first
                    while last < sparsity.segments[row + 1], sparsity.indices[last] < end { last += 1 }
                    cursors[row] = last
                    if last > first || start == 0 || end == inputs {
                        spans.append((row - rows.lowerBound, first..<last))
                    }
                }
                spans.sort { (($0.range.count + 1) / 2, $0.channel) < (($1.range.count + 1) / 2, $1.channel) }
                writer.startChunk(start..<end)
                for span in spans {
                    let padded = max(2, span.range.count.roundedUp(toMultipleOf: 2))
                    writer.append(span.channel, count: padded)
                    for position in span.range {
                        writer.append(values[position], input: sparsity.indices[position])
                    }
                    for _ in span.range.count..<padded { writer.append(0, input: start) }
                }
                writer.endChunk()
            }
        }
        groups = AlignedBuffer(copying: writer.groups)
        chunks = AlignedBuffer(copying: writer.chunks)
        runs = AlignedBuffer(copying: writer.runs)
        channels = AlignedBuffer(copying: writer.channels)
        weights = AlignedBuffer(copying: writer.weights)
    }

    /// The filter's arrays as they grow.
    private struct Writer {
        let plane: Int
        var groups: [pk_sparse_group] = []
        var chunks: [pk_sparse_chunk] = []
        var runs: [pk_sparse_run] = []
        var channels: [UInt32] = []
        var weights: [pk_sparse_weight] = []
        private var firstRun = 0

        init(plane: Int, capacity: Int) {
            self.plane = plane
            weights.reserveCapacity(capacity)
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
                    first_weight: UInt32(weights.count)
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
            weights.append(pk_sparse_weight(value: value, offset: UInt32(input * plane)))
        }
    }
}
