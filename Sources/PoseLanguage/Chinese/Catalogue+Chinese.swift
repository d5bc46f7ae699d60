// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// Simplified Chinese; read when the first message is translated.
    package static let chinese = Catalogue(tables: [
        chineseHelp, chineseUsage, chineseRun, chinesePictures, chineseVideos, chineseServer,
        chineseConnections, chineseFacts, chineseReasons, chinesePrivacy,
    ])
}
