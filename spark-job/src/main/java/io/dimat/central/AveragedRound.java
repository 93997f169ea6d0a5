package io.dimat.central;

import io.dimat.tensor.ParamVector;
import java.util.List;

/**
 * What one round of parameter averaging gave.
 *
 * @param model the one model that all agents have now
 * @param averagings how often parameters were averaged
 * @param shares what every agent had to do with it, in order
 */
public record AveragedRound(ParamVector model, int averagings, List<Share> shares) {
  public AveragedRound {
    shares = List.copyOf(shares);
  }

  /**
   * One agent's part.
   *
   * @param images that it trained on
   * @param bytes that it got from the driver and sent back: for every averaging that it has images
   *     for, parameters, running statistics and optimizer state, each way
   */
  public record Share(long images, long bytes) {
    Share plus(Share other) {
      return new Share(images + other.images, bytes + other.bytes);
    }
  }

  /** Over all agents. */
  public Share total() {
    return shares.stream().reduce(new Share(0, 0), Share::plus);
  }
}
