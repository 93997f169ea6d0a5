package io.dimat.network;

import io.dimat.tensor.Role;
import java.util.List;

/**
 * A parameter a layer owns; its full name is the layer's name, a dot, and {@code suffix}.
 *
 * @param suffix PyTorch's name inside the module: weight, bias, running_mean, running_var
 * @param initial where training starts
 */
public record ParamSpec(String suffix, List<Integer> shape, Role role, Initial initial) {
  public static final String WEIGHT = "weight";
  public static final String BIAS = "bias";
  public static final String RUNNING_MEAN = "running_mean";
  public static final String RUNNING_VARIANCE = "running_var";

  /** Values to start training from. */
  public enum Initial {
    /** Normal with mean 0 and variance {@code 2 / fan_in}. */
    KAIMING,
    ZERO,
    ONE
  }

  /** The matrix of a linear layer, outputs on the first axis. */
  static ParamSpec weight(Integer... shape) {
    return new ParamSpec(WEIGHT, List.of(shape), Role.TRAINABLE, Initial.KAIMING);
  }

  /** A factor per channel. */
  static ParamSpec scale(int channels) {
    return new ParamSpec(WEIGHT, List.of(channels), Role.TRAINABLE, Initial.ONE);
  }

  static ParamSpec bias(int channels) {
    return new ParamSpec(BIAS, List.of(channels), Role.TRAINABLE, Initial.ZERO);
  }

  static ParamSpec runningMean(int channels) {
    return new ParamSpec(RUNNING_MEAN, List.of(channels), Role.RUNNING_STATISTIC, Initial.ZERO);
  }

  static ParamSpec runningVariance(int channels) {
    return new ParamSpec(RUNNING_VARIANCE, List.of(channels), Role.RUNNING_STATISTIC, Initial.ONE);
  }
}
