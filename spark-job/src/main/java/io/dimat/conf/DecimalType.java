package io.dimat.conf;

import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.util.function.DoublePredicate;

/**
 * Finite real numbers within a range.
 *
 * @param allowed the range in words
 * @param range the same range as a test
 */
record DecimalType(String allowed, DoublePredicate range) implements ValueType<Double> {
  static DecimalType above(int bound) {
    return new DecimalType("a number above " + bound, x -> x > bound);
  }

  static DecimalType from(int bound) {
    return new DecimalType("a number, " + bound + " or more", x -> x >= bound);
  }

  static DecimalType atMost(int bound) {
    return new DecimalType("a number, " + bound + " or less", x -> x <= bound);
  }

  /** Both ends included. */
  static DecimalType between(int low, int high) {
    return new DecimalType("a number from " + low + " to " + high, x -> x >= low && x <= high);
  }

  /** Above 0, 1 included. */
  static DecimalType share() {
    return new DecimalType("a number above 0, at most 1", x -> x > 0 && x <= 1);
  }

  /** From {@code low}, included, to {@code high}, excluded. */
  static DecimalType halfOpen(int low, int high) {
    return new DecimalType("a number from " + low + " to below " + high, x -> x >= low && x < high);
  }

  @Override
  public String name() {
    return "number";
  }

  @Override
  public Double read(ConfigValue value) {
    return ScalarText.number(value)
        .map(BigDecimal::doubleValue)
        .filter(x -> Double.isFinite(x) && range.test(x))
        .orElseThrow(() -> refuse(value));
  }

  @Override
  public String render(Double value) {
    return value.toString();
  }
}
