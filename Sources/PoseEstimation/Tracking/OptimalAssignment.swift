// SPDX-License-Identifier: Apache-2.0

/// Pairs rows with columns so that the sum of their values is highest.
///
/// Source: Kuhn 1955, "The Hungarian Method for the Assignment Problem", in the form with potentials and shortest
/// augmenting paths.
package enum OptimalAssignment {
    /// Finds the best pairs.
    ///
    /// - Parameter values: one row after the other, all as long; finite.
    /// - Returns: the column of each row; `nil` for rows beyond the number of columns.
    /// - Complexity: O(n³) for n rows or columns, whichever are more.
    package static func columns(maximizing values: [[Double]]) -> [Int?] {
        let (rowCount, columnCount) = (values.count, values.first?.count ?? 0)
        // Square, with worthless places where one side is shorter.
        let count = max(rowCount, columnCount)
        func cost(_ row: Int, _ column: Int) -> Double {
            row < rowCount && column < columnCount ? -values[row][column] : 0
        }
        // Rows and columns from 1 on; 0 is where a path begins.
        var (rowPotential, columnPotential) = (Self.zeros(count), Self.zeros(count))
        var rowOfColumn = [Int](repeating: 0, count: count + 1)
        for row in stride(from: 1, through: count, by: 1) {
            var column = 0
            rowOfColumn[0] = row
            var least = [Double](repeating: .infinity, count: count + 1)
            var isVisited = [Bool](repeating: false, count: count + 1)
            var previous = [Int](repeating: 0, count: count + 1)
            repeat {
                isVisited[column] = true
                let current = rowOfColumn[column]
                var (delta, next) = (Double.infinity, 0)
                for other in 1...count where !isVisited[other] {
                    let reduced =
                        cost(current - 1, other - 1) - rowPotential[current] - columnPotential[other]
                    if reduced < least[other] { (least[other], previous[other]) = (reduced, column) }
                    if least[other] < delta { (delta, next) = (least[other], other) }
                }
                for other in 0...count {
                    if isVisited[other] {
                        rowPotential[rowOfColumn[other]] += delta
                        columnPotential[other] -= delta
                    } else {
                        least[other] -= delta
                    }
                }
                column = next
            } while rowOfColumn[column] != 0
            while column != 0 {
                rowOfColumn[column] = rowOfColumn[previous[column]]
                column = previous[column]
            }
        }
        var columns = [Int?](repeating: nil, count: rowCount)
        for column in stride(from: 1, through: columnCount, by: 1) where rowOfColumn[column] <= rowCount {
            columns[rowOfColumn[column] - 1] = column - 1
        }
        return columns
    }

    private static func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count + 1) }
}
