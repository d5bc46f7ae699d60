// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis

/// One run of `pose image`: as many workers as threads, each on a photo of its own; a single photo gets all
/// threads inside the networks.
struct ImageRun {
    let settings: ImageSettings
    let entries: [PhotoEntry]
    let plan: OutputPlan

    /// Works on all photos.
    func run() throws -> ExitCode {
        let files = filesOfEntries()
        let photoCount = plan.files.count
        let report = try OrderedReport(count: entries.count, plan: plan, settings: settings)
        if photoCount == 0 {
            for (index, entry) in entries.enumerated() {
                if case .failure(let failure) = entry { report.submit(.failed(failure), at: index) }
            }
            return try report.finish()
        }
        // The networks are loaded while the first photo is still being decoded.
        let models = ModelCache(store: settings.store)
        models.prefetch(settings.analysis.complexity)
        let workerCount = min(settings.threadCount, photoCount)
        let threadsEach = max(1, settings.threadCount / workerCount)
        let work: @Sendable () -> Void = { [settings, entries, plan] in
            let worker = PhotoWorker(
                settings: settings,
                plan: plan,
                models: models,
                threadCount: threadsEach
            )
            while let index = report.take() {
                switch entries[index] {
                case .failure(let failure): report.submit(.failed(failure), at: index)
                case .photo(let photo): report.submit(worker.process(photo, files: files[index]), at: index)
                }
            }
        }
        let threads = (1..<workerCount).compactMap { _ in try? WorkerThread(work) }
        work()
        for thread in threads { _ = thread.join() }
        let code = try report.finish()
        if plan.isEmpty, !settings.isQuiet, code == .success {
            StandardError.write(
                "Nothing was written. Add -o OUT.jpg for the photo with the skeleton, --json - for the landmarks.\n"
            )
        }
        return code
    }

    /// The plan's files at the photos' positions among the entries.
    private func filesOfEntries() -> [OutputPlan.Files] {
        var planned = plan.files[...]
        return entries.map { entry in
            if case .photo = entry { planned.popFirst() ?? OutputPlan.Files() } else { OutputPlan.Files() }
        }
    }
}
