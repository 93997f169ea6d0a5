package io.dimat.graph;

/** The same matrix at every step. */
record ConstantMixing(MixingMatrix mixing) implements MixingSchedule {
  @Override
  public Topology topology() {
    return mixing.topology();
  }

  @Override
  public MixingMatrix at(long step) {
    return mixing;
  }

  @Override
  public int period() {
    return 1;
  }
}
