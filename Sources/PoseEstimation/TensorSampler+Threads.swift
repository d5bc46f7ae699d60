// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseInference

extension TensorSampler {
    /// Samples a region with all threads of a pool, a few rows at a time.
    func sample(
        _ view: PictureView,
        region: RotatedRectangle,
        into tensor: UnsafeMutableBufferPointer<Float>,
        threads: ThreadPool
    ) {
        let rowsPerUnit = 16
        var job = unsafe SamplingJob(
            sampler: self,
            view: view,
            region: region,
            tensor: tensor,
            rows: rowsPerUnit
        )
        unsafe withUnsafeMutablePointer(to: &job) { pointer in
            unsafe threads.run(
                "sampling",
                unitCount: (outputSize + rowsPerUnit - 1) / rowsPerUnit,
                arguments: UnsafeMutableRawPointer(pointer)
            ) { arguments, _, begin, end in
                unsafe arguments?.assumingMemoryBound(to: SamplingJob.self).pointee.run(begin..<end)
            }
        }
    }
}

/// What the threads share of one sample.
@safe private struct SamplingJob {
    let sampler: TensorSampler
    let view: PictureView
    let region: RotatedRectangle
    let tensor: UnsafeMutableBufferPointer<Float>
    /// Rows of a unit.
    let rows: Int

    func run(_ units: Range<Int>) {
        let last = min(units.upperBound * rows, sampler.outputSize)
        unsafe sampler.sample(view, region: region, rows: (units.lowerBound * rows)..<last, into: tensor)
    }
}
