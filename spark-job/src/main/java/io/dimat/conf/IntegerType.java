package io.dimat.conf;

import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.util.function.LongFunction;

/**
 * Whole numbers from {@code min} to {@code max}, both included.
 *
 * @param narrow makes the Java value
 */
record IntegerType<N extends Number>(long min, long max, LongFunction<N> narrow)
    implements ValueType<N> {
  static IntegerType<Integer> from(int min) {
    return between(min, Integer.MAX_VALUE);
  }

  static IntegerType<Integer> between(int min, int max) {
    return new IntegerType<>(min, max, Math::toIntExact);
  }

  static IntegerType<Long> any() {
    return new IntegerType<>(Long.MIN_VALUE, Long.MAX_VALUE, Long::valueOf);
  }

  @Override
  public String name() {
    return "integer";
  }

  @Override
  public String allowed() {
    if (min == Long.MIN_VALUE) {
      return "an integer of 64 bits";
    }
    return "an integer, "
        + (max == Integer.MAX_VALUE ? min + " or more" : "from " + min + " to " + max);
  }

  @Override
  public N read(ConfigValue value) {
    try {
      long number =
          ScalarText.number(value).map(BigDecimal::longValueExact).orElseThrow(() -> refuse(value));
      if (number < min || number > max) {
        throw refuse(value);
      }
      return narrow.apply(number);
    } catch (ArithmeticException e) {
      throw refuse(value);
    }
  }

  @Override
  public String render(N value) {
    return value.toString();
  }
}
