package io.dimat.conf;

import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;

/**
 * Free text, such as a path.
 *
 * @param allowed in words
 */
record TextType(String allowed) implements ValueType<String> {
  @Override
  public String name() {
    return "text";
  }

  @Override
  public String read(ConfigValue value) {
    return ScalarText.text(value).orElseThrow(() -> refuse(value));
  }

  @Override
  public String render(String value) {
    return ConfigUtil.quoteString(value);
  }
}
