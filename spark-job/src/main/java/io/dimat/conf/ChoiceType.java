package io.dimat.conf;

import com.typesafe.config.ConfigValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of the constants of an enum, by its spelling.
 *
 * @param choices in the order of declaration
 */
record ChoiceType<E extends Enum<E>>(List<E> choices) implements ValueType<E> {
  static <E extends Enum<E>> ChoiceType<E> of(Class<E> choices) {
    return new ChoiceType<>(Arrays.asList(choices.getEnumConstants()));
  }

  @Override
  public String name() {
    return "choice";
  }

  @Override
  public String allowed() {
    return "one of " + choices.stream().map(Spelling::of).collect(Collectors.joining(", "));
  }

  @Override
  public E read(ConfigValue value) {
    String text = ScalarText.text(value).orElseThrow(() -> refuse(value));
    return choices.stream()
        .filter(choice -> Spelling.of(choice).equals(text))
        .findFirst()
        .orElseThrow(() -> refuse(value));
  }

  @Override
  public String render(E value) {
    return Spelling.of(value);
  }
}
