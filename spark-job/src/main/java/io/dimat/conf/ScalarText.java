package io.dimat.conf;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.Optional;

/** Scalars as text and numbers; quoted numbers count, because the environment gives only text. */
final class ScalarText {
  private ScalarText() {}

  static Optional<String> text(ConfigValue value) {
    ConfigValueType kind = value.valueType();
    if (kind == ConfigValueType.STRING) {
      return Optional.of((String) value.unwrapped());
    }
    boolean scalar = kind == ConfigValueType.NUMBER || kind == ConfigValueType.BOOLEAN;
    return scalar ? Optional.of(value.render(ConfigRenderOptions.concise())) : Optional.empty();
  }

  static Optional<BigDecimal> number(ConfigValue value) {
    try {
      return text(value).map(String::strip).map(BigDecimal::new);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
