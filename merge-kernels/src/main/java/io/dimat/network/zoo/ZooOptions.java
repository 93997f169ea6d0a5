package io.dimat.network.zoo;

import io.dimat.network.Shape;
import java.io.Serializable;
import java.util.Objects;

/**
 * What can be chosen about a network of the zoo.
 *
 * @param input shape of one image
 * @param classes number of logits, at least 2
 * @param width factor on the channels of every hidden layer, at least 1
 * @param shortcut projection of {@code resnet20}; the others do not read it
 */
public record ZooOptions(Shape input, int classes, int width, Shortcut shortcut)
    implements Serializable {
  public ZooOptions {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(shortcut, "shortcut");
    if (classes < 2 || width < 1) {
      throw new IllegalArgumentException(
          "a network needs at least 2 classes and width 1, got "
              + classes
              + " classes and width "
              + width);
    }
  }
}
