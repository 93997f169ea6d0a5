package io.dimat.conf;

import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.List;

/**
 * A name that a registry of the product knows; what is registered there can be configured.
 *
 * @param names in the order they are listed to users
 */
record NameType(List<String> names) implements ValueType<String> {
  static NameType of(Collection<String> names) {
    return new NameType(List.copyOf(names));
  }

  @Override
  public String name() {
    return "name";
  }

  @Override
  public String allowed() {
    return "one of " + String.join(", ", names);
  }

  @Override
  public String read(ConfigValue value) {
    return ScalarText.text(value).filter(names::contains).orElseThrow(() -> refuse(value));
  }

  @Override
  public IllegalArgumentException refuse(ConfigValue value) {
    String hint =
        ScalarText.text(value)
            .flatMap(word -> Nearest.to(word, names))
            .map(name -> "; did you mean " + name + "?")
            .orElse("");
    return new IllegalArgumentException(ValueType.super.refuse(value).getMessage() + hint);
  }

  @Override
  public String render(String value) {
    return value;
  }
}
