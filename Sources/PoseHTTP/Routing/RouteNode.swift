// SPDX-License-Identifier: Apache-2.0

/// A node of the tree of routes: one segment of their paths.
///
///     /v1/sessions/{id}/frames        root ─ "v1" ─┬─ "pose"
///     /v1/pose                                     └─ "sessions" ─ {id} ─ "frames"
struct RouteNode: Sendable {
    var handlers: [HTTPMethod: HTTPHandler] = [:]
    /// The path of the routes that end here, with its placeholders.
    var path: String?
    private var literals: [String: RouteNode] = [:]
    // By their names, so that two routes may call the same place differently; the names decide the order.
    private var placeholders: [(name: String, node: RouteNode)] = []

    /// Changes the node at the end of a path, which is made where it is missing.
    mutating func insert(_ path: ArraySlice<String>, _ change: (inout RouteNode) -> Void) {
        guard let first = path.first else { return change(&self) }
        let rest = path.dropFirst()
        guard first.hasPrefix("{"), first.hasSuffix("}") else {
            literals[first, default: RouteNode()].insert(rest, change)
            return
        }
        let name = String(first.dropFirst().dropLast())
        if let index = placeholders.firstIndex(where: { $0.name == name }) {
            placeholders[index].node.insert(rest, change)
        } else {
            var node = RouteNode()
            node.insert(rest, change)
            placeholders.append((name, node))
            placeholders.sort { $0.name < $1.name }
        }
    }

    /// Finds the node of a path that has handlers.
    ///
    /// - Parameters:
    ///   - path: the segments that are left.
    ///   - parameters: gets what the placeholders stand for.
    /// - Returns: `nil` when no route has this path.
    func find(_ path: ArraySlice<String>, _ parameters: inout [String: String]) -> RouteNode? {
        guard let first = path.first else { return handlers.isEmpty ? nil : self }
        if let found = literals[first]?.find(path.dropFirst(), &parameters) { return found }
        guard !first.isEmpty else { return nil }
        for (name, node) in placeholders {
            guard let found = node.find(path.dropFirst(), &parameters) else { continue }
            parameters[name] = first
            return found
        }
        return nil
    }

    /// The methods of all routes from here on.
    var allMethods: Set<HTTPMethod> {
        (literals.values + placeholders.map(\.node)).reduce(Set(handlers.keys)) { $0.union($1.allMethods) }
    }
}
