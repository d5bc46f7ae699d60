// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseSystem

/// A photo that waits for a worker, with its file where that was read ahead.
struct WaitingPhoto: Sendable {
    let photo: Photo
    /// The file with its header, or why it could not be read; `nil` where the worker reads it.
    fileprivate var file: Result<PictureFile, any Error>?
    /// What the bytes take of the budget.
    fileprivate(set) var reservation: MemoryReservation?
    /// What it will cost.
    fileprivate(set) var estimate: WorkEstimate

    /// The file, read now unless it was before.
    ///
    /// - Parameter settings: what is to be done with it.
    /// - Returns: all of it, and what its header says.
    /// - Throws: ``CommandFailure`` that names the photo, `AnalysisError` for what is no picture.
    func readFile(_ settings: ImageSettings) throws -> PictureFile {
        if let file { return try file.get() }
        return try PictureFile(photo.read(limit: settings.maxFileByteCount), settings: settings.analysis)
    }

    /// Gives back what it takes of the budget, for photos that are read next.
    func release() { _ = reservation?.resize(to: 0) }
}

/// Reads photos before a worker is free, so that none waits for a disk, as far as a budget goes.
struct ReadAhead {
    /// Three photos of 12 megapixels.
    private static let byteCountPerWorker = 8 << 20

    private let budget: MemoryBudget
    private let settings: ImageSettings

    /// Makes it.
    ///
    /// - Parameters:
    ///   - workerCount: how many photos are in work at a time, whose bytes count too.
    ///   - settings: what is to be done with them.
    init(workerCount: Int, settings: ImageSettings) {
        budget = MemoryBudget(byteCount: workerCount * Self.byteCountPerWorker)
        self.settings = settings
    }

    /// Reads a photo as soon as there is room for its bytes.
    ///
    /// Standard input and what is longer than all the room is left to the worker; nothing is known of such a photo's pixels, so
    /// that it is worked on alone.
    ///
    /// - Parameters:
    ///   - photo: the photo.
    ///   - files: what is made of it.
    ///   - wait: waits until its argument is true; false when the run cannot go on.
    /// - Returns: `nil` when the run cannot go on.
    func read(_ photo: Photo, for files: OutputPlan.Files, wait: (() -> Bool) -> Bool) -> WaitingPhoto? {
        var waiting = WaitingPhoto(photo: photo, estimate: WorkEstimate(byteCount: .max))
        let status = photo.isStandardInput ? nil : try? FileSystem.status(of: photo.path)
        guard let status, status.kind == .regularFile, status.byteCount <= budget.byteCount else {
            return waiting
        }
        let hasRoom = wait {
            waiting.reservation = budget.reserve(status.byteCount)
            return waiting.reservation != nil
        }
        guard hasRoom else { return nil }
        let file = Result { try waiting.readFile(settings) }
        waiting.file = file
        waiting.estimate = WorkEstimate(
            byteCount: (try? file.get()).map { memory(of: $0.info, for: files) } ?? 0
        )
        return waiting
    }

    /// Most bytes that working on a photo holds at a time.
    private func memory(of info: ImageInfo, for files: OutputPlan.Files) -> Int {
        var outputs: [PhotoOutput] = [.document]
        let drawing = files.picture.flatMap { DrawingFormat(fileExtension: $0.fileExtension) }
        if let format = drawing?.imageFormat { outputs.append(.annotated(format)) }
        if files.mask != nil { outputs.append(.masks) }
        let estimates = outputs.map { WorkEstimate(photo: info, settings: settings.analysis, output: $0) }
        return estimates.map(\.byteCount).max() ?? 0
    }
}
