// SPDX-License-Identifier: Apache-2.0

extension ResultFormat {
    /// MediaPipe's Tasks result.
    public static let mediapipe = ResultFormat(
        json: "mediapipe",
        summary: "the shape of MediaPipe's Tasks result"
    ) { record, writer in
        record.writeMediaPipe(into: &writer)
    }
}

extension PoseDocument {
    /// Writes the shape of MediaPipe's Tasks result in JavaScript, each list one entry a person.
    ///
    /// Source: MediaPipe `pose_landmarker_result.ts`, `landmark.d.ts`.
    fileprivate func writeMediaPipe(into writer: inout JSONWriter) {
        writer.object { result in
            result.key("landmarks")
            result.array { people in
                for pose in poses {
                    people.array { points in
                        for point in pose.landmarks {
                            points.object {
                                $0.writePoint(point.x, point.y, point.z, point.visibility, point.presence)
                            }
                        }
                    }
                }
            }
            result.key("worldLandmarks")
            result.array { people in
                for pose in poses {
                    people.array { points in
                        for point in pose.worldLandmarks {
                            points.object {
                                $0.writePoint(point.x, point.y, point.z, point.visibility, point.presence)
                            }
                        }
                    }
                }
            }
        }
    }
}
