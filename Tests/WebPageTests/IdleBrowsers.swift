// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Browsers that tests are done with, for the tests that come.
enum IdleBrowsers {
    private static let browsers = Mutex([Browser]())

    /// Ends what is left when the process ends, for children do not.
    private static let atTheEnd: Void = {
        atexit {
            for browser in IdleBrowsers.browsers.withLock({ $0 }) { browser.end() }
        }
    }()

    /// Takes a browser of the usual kind; `nil` when there is none, or another kind is wanted.
    static func take(_ options: Browser.Options) -> Browser? {
        guard options == Browser.Options() else { return nil }
        return browsers.withLock { $0.popLast() }
    }

    /// Keeps a browser that has forgotten what it did.
    static func keep(_ browser: Browser) {
        _ = atTheEnd
        browsers.withLock { $0.append(browser) }
    }
}
