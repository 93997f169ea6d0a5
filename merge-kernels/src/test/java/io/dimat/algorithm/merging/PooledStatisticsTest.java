package io.dimat.algorithm.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.learn.RandomParams;
import io.dimat.learn.SmallNetworks;
import io.dimat.network.ParamSpec;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class PooledStatisticsTest {
  private static final ParamLayout LAYOUT = SmallNetworks.residual().layout().statistics();
  private static final int[] IMAGES = {3, 40, 17};

  /** Observations of one channel at [agent][image]. */
  private static List<double[]> observations(UniformRandomProvider random) {
    List<double[]> ofAgents = new ArrayList<>();
    for (int agent = 0; agent < IMAGES.length; agent++) {
      double shift = 10 * agent;
      ofAgents.add(random.doubles(IMAGES[agent]).map(x -> shift + 4 * x).toArray());
    }
    return ofAgents;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
  }

  @Test
  void pooled_momentsOfDisjointImages_areThoseOfAllImages() {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(4);
    double[][] estimates = new double[IMAGES.length][LAYOUT.size()];
    double[] together = new double[LAYOUT.size()];
    for (ParamSlice means : LAYOUT.slices()) {
      if (means.name().endsWith(ParamSpec.RUNNING_MEAN)) {
        ParamSlice variances = LAYOUT.slice(means.name().replace("running_mean", "running_var"));
        for (int c = 0; c < means.length(); c++) {
          List<double[]> seen = observations(random);
          for (int agent = 0; agent < IMAGES.length; agent++) {
            estimates[agent][means.offset() + c] = mean(seen.get(agent));
            estimates[agent][variances.offset() + c] = variance(seen.get(agent));
          }
          double[] all = seen.stream().flatMapToDouble(Arrays::stream).toArray();
          together[means.offset() + c] = mean(all);
          together[variances.offset() + c] = variance(all);
        }
      }
    }
    PooledStatistics pool = new PooledStatistics();
    for (int agent = 0; agent < IMAGES.length; agent++) {
      pool.add(ParamVector.of(LAYOUT, estimates[agent]), IMAGES[agent]);
    }

    assertThat(pool.pooled().toDoubles()).containsExactly(together, within(2e-5));
  }

  @Test
  void pooled_equalEstimates_areUnchanged() {
    ParamVector estimate = RandomParams.of(SmallNetworks.residual(), 3).statistics();
    PooledStatistics pool = new PooledStatistics();
    for (int images : IMAGES) {
      pool.add(estimate, images);
    }

    assertThat(pool.pooled()).isEqualTo(estimate);
  }
}
