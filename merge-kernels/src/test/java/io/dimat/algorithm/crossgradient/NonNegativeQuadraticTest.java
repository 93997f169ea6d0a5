package io.dimat.algorithm.crossgradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonNegativeQuadraticTest {
  /** More unknowns than dimensions makes A singular, scales far from 1 make it badly scaled. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 9, 1", "8, 20, 1e-9", "8, 3, 1", "20, 40, 1e6", "39, 12, 1e-4"})
  void minimum_randomProblems_satisfiesKarushKuhnTucker(int unknowns, int dimensions, double unit) {
    for (int seed = 0; seed < 50; seed++) {
      Problem problem = Problem.random(seed, unknowns, dimensions, unit);

      double[] u = NonNegativeQuadratic.minimum(problem.a(), problem.c());

      double[] slopes = problem.slopes(u);
      for (int i = 0; i < unknowns; i++) {
        double own = Math.sqrt(problem.a()[i][i]);
        assertThat(u[i]).isNotNegative();
        assertThat(slopes[i] / (own * unit)).isGreaterThan(-1e-7);
        assertThat(u[i] * slopes[i] / (unit * unit)).isCloseTo(0, within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 5", "4, 4", "6, 10"})
  void minimum_randomProblems_isTheBestOfAllActiveSets(int unknowns, int dimensions) {
    for (int seed = 0; seed < 50; seed++) {
      Problem problem = Problem.random(100 + seed, unknowns, dimensions, 1);

      double found = problem.value(NonNegativeQuadratic.minimum(problem.a(), problem.c()));

      assertThat(found).isCloseTo(problem.leastOverActiveSets(), within(1e-8));
    }
  }

  @Test
  void minimum_equalRows_isFiniteAndOptimal() {
    double[][] a = {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}};

    double[] u = NonNegativeQuadratic.minimum(a, new double[] {-2, -2, -2});

    assertThat(Arrays.stream(u).sum()).isCloseTo(2, within(1e-8));
  }

  @Test
  void minimum_slopesUpEverywhere_isZero() {
    double[][] a = {{2, 1}, {1, 2}};

    assertThat(NonNegativeQuadratic.minimum(a, new double[] {1, 0})).containsExactly(0, 0);
  }

  @Test
  void minimum_rowOfZeros_staysZero() {
    double[][] a = {{0, 0}, {0, 4}};

    double[] u = NonNegativeQuadratic.minimum(a, new double[] {0, -2});

    assertThat(u[0]).isZero();
    assertThat(u[1]).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void minimum_notFinite_isZero() {
    double[][] a = {{Double.NaN, 0}, {0, 1}};

    assertThat(NonNegativeQuadratic.minimum(a, new double[] {Double.NaN, -1}))
        .containsExactly(0, 0);
  }

  /** {@code A = M M'}, {@code c = M s} of random M and s, as CGA makes them. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Problem(double[][] a, double[] c) {
    static Problem random(int seed, int unknowns, int dimensions, double unit) {
      UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
      ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
      RealMatrix rows = new Array2DRowRealMatrix(unknowns, dimensions);
      double[] s = new double[dimensions];
      for (int d = 0; d < dimensions; d++) {
        s[d] = unit * normal.sample();
        for (int i = 0; i < unknowns; i++) {
          rows.setEntry(i, d, unit * normal.sample());
        }
      }
      return new Problem(rows.multiply(rows.transpose()).getData(), rows.operate(s));
    }

    double[] slopes(double[] u) {
      double[] slopes = MatrixUtils.createRealMatrix(a).operate(u);
      Arrays.setAll(slopes, i -> slopes[i] + c[i]);
      return slopes;
    }

    double value(double[] u) {
      double value = 0;
      double[] slopes = slopes(u);
      for (int i = 0; i < u.length; i++) {
        value += u[i] * (slopes[i] + c[i]) / 2;
      }
      return value;
    }

    double leastOverActiveSets() {
      double least = 0;
      for (int set = 1; set < 1 << c.length; set++) {
        int chosen = set;
        int[] free = IntStream.range(0, c.length).filter(i -> (chosen >> i & 1) == 1).toArray();
        double[] right = Arrays.stream(free).mapToDouble(i -> -c[i]).toArray();
        double[] solved =
            new LUDecomposition(MatrixUtils.createRealMatrix(a).getSubMatrix(free, free))
                .getSolver()
                .solve(MatrixUtils.createRealVector(right))
                .toArray();
        if (Arrays.stream(solved).allMatch(x -> x >= 0)) {
          double[] u = new double[c.length];
          for (int k = 0; k < free.length; k++) {
            u[free[k]] = solved[k];
          }
          least = Math.min(least, value(u));
        }
      }
      return least;
    }
  }
}
