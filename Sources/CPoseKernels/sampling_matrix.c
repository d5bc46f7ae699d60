// SPDX-License-Identifier: Apache-2.0
#include <float.h>
#include <math.h>

#include "pk_sampling.h"

// Every product and sum rounds by itself: sampling positions depend on the last bit.
#pragma STDC FP_CONTRACT OFF

// Solves the 8 × 8 system in place by Gaussian elimination with partial pivoting. Returns 0 if singular.
static int solve(double a[8][8], double b[8]) {
    for (int i = 0; i < 8; i++) {
        int pivot = i;
        for (int j = i + 1; j < 8; j++)
            if (fabs(a[j][i]) > fabs(a[pivot][i])) pivot = j;
        if (!(fabs(a[pivot][i]) >= DBL_EPSILON * 100)) return 0;
        if (pivot != i) {
            for (int k = i; k < 8; k++) {
                double t = a[i][k];
                a[i][k] = a[pivot][k];
                a[pivot][k] = t;
            }
            double t = b[i];
            b[i] = b[pivot];
            b[pivot] = t;
        }
        double d = -1 / a[i][i];
        for (int j = i + 1; j < 8; j++) {
            double alpha = a[j][i] * d;
            for (int k = i + 1; k < 8; k++) a[j][k] += alpha * a[i][k];
            b[j] += alpha * b[i];
        }
    }
    for (int i = 7; i >= 0; i--) {
        double sum = b[i];
        for (int k = i + 1; k < 8; k++) sum -= a[i][k] * b[k];
        b[i] = sum / a[i][i];
    }
    return 1;
}

// Inverts a 3 × 3 matrix by cofactors. Returns 0 if singular.
static int invert(const double m[9], double inverse[9]) {
    double determinant = m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
                         m[2] * (m[3] * m[7] - m[4] * m[6]);
    if (determinant == 0) return 0;
    double d = 1 / determinant;
    inverse[0] = (m[4] * m[8] - m[5] * m[7]) * d;
    inverse[1] = (m[2] * m[7] - m[1] * m[8]) * d;
    inverse[2] = (m[1] * m[5] - m[2] * m[4]) * d;
    inverse[3] = (m[5] * m[6] - m[3] * m[8]) * d;
    inverse[4] = (m[0] * m[8] - m[2] * m[6]) * d;
    inverse[5] = (m[2] * m[3] - m[0] * m[5]) * d;
    inverse[6] = (m[3] * m[7] - m[4] * m[6]) * d;
    inverse[7] = (m[1] * m[6] - m[0] * m[7]) * d;
    inverse[8] = (m[0] * m[4] - m[1] * m[3]) * d;
    for (int i = 0; i < 9; i++)
        if (!(fabs(inverse[i]) <= DBL_MAX)) return 0;
    return 1;
}

int pk_sampling_matrix(const float corners[8], int size, double matrix[9]) {
    const float n = (float)size;
    const float target[8] = {0, n, 0, 0, n, 0, n, n};
    double a[8][8], b[8];
    for (int i = 0; i < 4; i++) {
        const float x = corners[2 * i], y = corners[2 * i + 1];
        const float u = target[2 * i], v = target[2 * i + 1];
        // The four products round to single precision.
        const float xu = x * u, yu = y * u, xv = x * v, yv = y * v;
        const double first[8] = {x, y, 1, 0, 0, 0, -xu, -yu};
        const double second[8] = {0, 0, 0, x, y, 1, -xv, -yv};
        for (int k = 0; k < 8; k++) {
            a[i][k] = first[k];
            a[i + 4][k] = second[k];
        }
        b[i] = u;
        b[i + 4] = v;
    }
    if (!solve(a, b)) return 0;
    const double forward[9] = {b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], 1};
    return invert(forward, matrix);
}
