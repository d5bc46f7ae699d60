import Foundation
import PoseImaging
import PoseInference
import PoseEstimation
import PoseTestSupport
import Testing

@Suite struct ScratchTests {
    @Test func similarities() throws {
        let model = try Media.model()
        let threads = ThreadPool(threadCount: 1)
        for (det, pres) in [(Float(0.1), Float(0.5)), (0, 0)] {
            for name in ["bus.jpg", "group.jpg", "courtyard.png", "zidane.jpg", "astronaut.png", "blank"] {
                if det == 0, name == "group.jpg" || name == "courtyard.png" { continue }
                let image = name == "blank" ? ImageBuffer(width: 500, height: 500) : try Media.picture(name)
                var detector = SSDDetector(network: model.detector, threads: threads)
                var estimator = LandmarkEstimator(network: model.landmarks, threads: threads)
                try image.withView { view in
                    let detections = try detector.detect(in: view, minScore: det)
                    print("==", name, det, "detections", detections.count)
                    var poses: [Pose] = []
                    var regions: [RegionOfInterest] = []
                    for d in detections.prefix(40) {
                        guard let r = RegionOfInterest(center: d.keyPoints[0], circle: d.keyPoints[1], imageWidth: image.width, imageHeight: image.height) else { continue }
                        let near = regions.map { o in
                            (max(abs(r.centerX - o.centerX) / r.width, abs(r.centerY - o.centerY) / r.height), abs(r.width / o.width - 1), abs(r.rotationRadians - o.rotationRadians))
                        }
                        let skipped = regions.contains { r.isNearlyEqual(to: $0) }
                        regions.append(r)
                        guard let e = try estimator.estimate(region: r, in: view, minScore: pres) else { continue }
                        let p = Pose(e, region: r, detectionScore: d.score)
                        let sims = poses.map { String(format: "%.2f", p.similarity(to: $0, imageWidth: image.width, imageHeight: image.height)) }
                        poses.append(p)
                        if det > 0 || poses.count <= 25 {
                            print(String(format: "det %.4f score %.3f c (%.2f,%.2f) w %.2f rot %.2f", d.score, p.score, r.centerX, r.centerY, r.width, r.rotationRadians), skipped ? "SKIP" : "", sims, near.filter { $0.0 < 0.15 }.map { String(format: "%.2f/%.2f/%.2f", $0.0, $0.1, $0.2) })
                        }
                    }
                }
            }
        }
    }
}
