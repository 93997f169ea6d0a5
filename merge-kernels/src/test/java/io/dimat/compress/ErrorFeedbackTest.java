package io.dimat.compress;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Precision;
import io.dimat.tensor.Role;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorFeedbackTest {
  private static final ParamLayout LAYOUT =
      ParamLayout.builder()
          .precision(Precision.DOUBLE)
          .add("x", List.of(50), Role.TRAINABLE)
          .build();

  static Stream<Compressor> compressors() {
    Compressors.Options options =
        new Compressors.Options(2, 0.1, new Blocks.Whole(), Scaling.CONTRACTING);
    return Compressors.names().stream().map(name -> Compressors.create(name, options));
  }

  @ParameterizedTest
  @MethodSource("compressors")
  void send_manyVectors_whatWentInIsWhatCameOutAndTheError(Compressor compressor) {
    ErrorFeedback feedback = new ErrorFeedback(compressor);
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(1);
    ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
    ParamVector error = ParamVector.zeros(LAYOUT);
    ParamVector in = error;
    ParamVector out = error;
    double longest = 0;
    for (int step = 0; step < 200; step++) {
      ParamVector vector = error.map(x -> gaussian.sample() + 1);
      ErrorFeedback.Sent sent = feedback.send(vector, error, step);
      assertThat(sent.received()).isEqualTo(compressor.decode(sent.payload(), LAYOUT));
      error = sent.error();
      in = in.plus(vector);
      out = out.plus(sent.received());
      longest = Math.max(longest, vector.norm());
    }

    assertThat(in.minus(out.plus(error)).norm()).isLessThan(1e-11 * in.norm());
    assertThat(error.norm()).isLessThanOrEqualTo(2 * longest / compressor.contraction(LAYOUT));
  }
}
