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

    /// Sorts a dense filter `[outputs][inputs]`.
    init(dense values: [Float], outputs: Int, lanes: Int, pitch: Int, groupCount: Int) {
        let inputs = values.count / outputs
        let blocks = (outputs + lanes - 1) / lanes
        let chunk = max(1, Self.chunkByteCount / (pitch * MemoryLayout<Float>.size))
        var groups: [pk_sparse_group] = []
        var runs: [pk_sparse_run] = []
        var channels: [UInt32] = []
        var weights: [pk_sparse_weight] = []
        for group in 0..<groupCount {
            let firstBlock = blocks * group / groupCount
            let lastBlock = blocks * (group + 1) / groupCount
            let start = (run: runs.count, channel: channels.count, weight: weights.count)
            for first in stride(from: 0, to: inputs, by: chunk) {
                let range = first..<min(first + chunk, inputs)
                var rows: [(channel: Int, weights: [pk_sparse_weight])] = []
                for output in (firstBlock * lanes)..<min(lastBlock * lanes, outputs) {
                    var row: [pk_sparse_weight] = []
                    for input in range where values[output * inputs + input] != 0 {
                        row.append(
                            pk_sparse_weight(
                                value: values[output * inputs + input],
                                offset: UInt32(input * pitch)
                            )
                        )
                    }
                    guard let last = row.last else { continue }
                    if row.count % 2 == 1 { row.append(pk_sparse_weight(value: 0, offset: last.offset)) }
                    rows.append((output - firstBlock * lanes, row))
                }
                rows.sort { ($0.weights.count, $0.channel) < ($1.weights.count, $1.channel) }
                for row in rows {
                    if runs.count > start.run, let last = runs.last, last.weights == row.weights.count,
                        row.channel * pitch > channels[channels.count - 1]
                    {
                        runs[runs.count - 1].channels += 1
                    } else {
                        runs.append(pk_sparse_run(channels: 1, weights: UInt32(row.weights.count)))
                    }
                    channels.append(UInt32(row.channel * pitch))
                    weights += row.weights
                }
            }
            groups.append(
                pk_sparse_group(
                    first_block: UInt32(firstBlock),
                    block_count: UInt32(lastBlock - firstBlock),
                    first_run: UInt32(start.run),
                    run_count: UInt32(runs.count - start.run),
                    first_channel: UInt32(start.channel),
                    first_weight: UInt32(start.weight)
                )
            )
        }
        self.groups = AlignedBuffer(copying: groups)
        self.runs = AlignedBuffer(copying: runs)
        self.channels = AlignedBuffer(copying: channels)
        self.weights = AlignedBuffer(copying: weights)
    }
}
