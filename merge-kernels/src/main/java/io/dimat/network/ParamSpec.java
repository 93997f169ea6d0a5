package io.dimat.network;

import io.dimat.tensor.Role;
import java.util.List;

/**
 * A parameter a layer owns; its full name is the layer's name, a dot, and {@code suffix}.
 *
 * @param suffix PyTorch's name inside the module: weight, bias, running_mean, running_var
 */
public record ParamSpec(String suffix, List<Integer> shape, Role role) {
  public static final String WEIGHT = "weight";
  public static final String BIAS = "bias";
  public static final String RUNNING_MEAN = "running_mean";
  public static final String RUNNING_VARIANCE = "running_var";

  static ParamSpec trainable(String suffix, Integer... shape) {
    return new ParamSpec(suffix, List.of(shape), Role.TRAINABLE);
  }

  static ParamSpec statistic(String suffix, int channels) {
    return new ParamSpec(suffix, List.of(channels), Role.RUNNING_STATISTIC);
  }
}
