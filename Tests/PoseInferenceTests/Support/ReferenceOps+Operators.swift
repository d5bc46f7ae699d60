// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference

/// One operator each, straight from its definition.
enum ReferenceOps {
    typealias Value = ReferenceInterpreter.Value

    private static func activate(_ value: Double, _ activation: Activation) -> Double {
        switch activation {
        case .none: value
        case .relu: max(value, 0)
        case .relu6: min(max(value, 0), 6)
        }
    }

    static func activate(_ x: Value, _ activation: Activation) -> Value {
        var y = x
        for i in y.elements.indices { y.elements[i] = activate(x.elements[i], activation) }
        return y
    }

    static func convolution(
        _ x: Value,
        filter: Value,
        bias: Value,
        _ attributes: ConvolutionAttributes,
        _ shape: [Int]
    ) -> Value {
        var y = Value(shape)
        let (kernelHeight, kernelWidth) = (filter.shape[1], filter.shape[2])
        let inputs = x.channels
        for row in 0..<y.height {
            for column in 0..<y.width {
                for output in 0..<y.channels {
                    var sum = bias.elements[output]
                    for ky in 0..<kernelHeight {
                        for kx in 0..<kernelWidth {
                            let inRow = row * attributes.strideHeight + ky - attributes.padding.top
                            let inColumn = column * attributes.strideWidth + kx - attributes.padding.left
                            guard (0..<x.height).contains(inRow), (0..<x.width).contains(inColumn) else {
                                continue
                            }
                            let pixel = (inRow * x.width + inColumn) * inputs
                            let tap = ((output * kernelHeight + ky) * kernelWidth + kx) * inputs
                            for c in 0..<inputs { sum += x.elements[pixel + c] * filter.elements[tap + c] }
                        }
                    }
                    y[row, column, output] = activate(sum, attributes.activation)
                }
            }
        }
        return y
    }

    static func depthwise(
        _ x: Value,
        filter: Value,
        bias: Value,
        _ attributes: ConvolutionAttributes,
        _ shape: [Int]
    ) -> Value {
        var y = Value(shape)
        for row in 0..<y.height {
            for column in 0..<y.width {
                for c in 0..<y.channels {
                    var sum = bias.elements[c]
                    for ky in 0..<filter.shape[1] {
                        for kx in 0..<filter.shape[2] {
                            let inRow = row * attributes.strideHeight + ky - attributes.padding.top
                            let inColumn = column * attributes.strideWidth + kx - attributes.padding.left
                            guard (0..<x.height).contains(inRow), (0..<x.width).contains(inColumn) else {
                                continue
                            }
                            sum += x[inRow, inColumn, c] * filter[ky, kx, c]
                        }
                    }
                    y[row, column, c] = activate(sum, attributes.activation)
                }
            }
        }
        return y
    }

    static func add(_ a: Value, _ b: Value, _ activation: Activation) -> Value {
        var y = a
        for i in y.elements.indices { y.elements[i] = activate(a.elements[i] + b.elements[i], activation) }
        return y
    }

    static func pad(_ x: Value, top: Int, left: Int, _ shape: [Int]) -> Value {
        var y = Value(shape)
        for row in 0..<x.height {
            for column in 0..<x.width {
                for c in 0..<x.channels { y[row + top, column + left, c] = x[row, column, c] }
            }
        }
        return y
    }

    /// Half-pixel centres: output centre `(o + ½) / 2 − ½` in input pixels, neighbours clamped to the image.
    static func resize(_ x: Value, _ shape: [Int]) -> Value {
        var y = Value(shape)
        func neighbours(_ output: Int, _ size: Int) -> (low: Int, high: Int, weight: Double) {
            let centre = max((Double(output) + 0.5) / 2 - 0.5, 0)
            let low = Int(centre)
            return (low, min(low + 1, size - 1), centre - Double(low))
        }
        for row in 0..<y.height {
            let v = neighbours(row, x.height)
            for column in 0..<y.width {
                let h = neighbours(column, x.width)
                for c in 0..<y.channels {
                    let top = x[v.low, h.low, c] * (1 - h.weight) + x[v.low, h.high, c] * h.weight
                    let bottom = x[v.high, h.low, c] * (1 - h.weight) + x[v.high, h.high, c] * h.weight
                    y[row, column, c] = top * (1 - v.weight) + bottom * v.weight
                }
            }
        }
        return y
    }

    static func maxPool(_ x: Value, _ shape: [Int]) -> Value {
        var y = Value(shape)
        for row in 0..<y.height {
            for column in 0..<y.width {
                for c in 0..<y.channels {
                    let window = [0, 1].flatMap { dy in
                        [0, 1].map { dx in x[2 * row + dy, 2 * column + dx, c] }
                    }
                    y[row, column, c] = window.reduce(-.infinity, max)
                }
            }
        }
        return y
    }

    static func depthToSpace(_ x: Value, _ shape: [Int]) -> Value {
        var y = Value(shape)
        for row in 0..<y.height {
            for column in 0..<y.width {
                for c in 0..<y.channels {
                    y[row, column, c] = x[row / 2, column / 2, (2 * (row % 2) + column % 2) * y.channels + c]
                }
            }
        }
        return y
    }

    static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
