package io.dimat.algorithm.part;

import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Purpose;
import io.dimat.protocol.Seeds;

/** Where agents start. */
public enum InitPolicy {
  /** All agents draw the same initial weights. */
  COMMON {
    @Override
    long seed(LocalContext context) {
      return context.seeds().of(Seeds.SHARED, 0, Purpose.INITIALISE);
    }
  },
  /** Every agent draws its own, as in the DIMAT paper: hidden units have no common order. */
  PER_AGENT {
    @Override
    long seed(LocalContext context) {
      return context.seeds().of(context.agent(), 0, Purpose.INITIALISE);
    }
  };

  abstract long seed(LocalContext context);
}
