package io.dimat.conf;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.List;

/** A matrix by rows, {@code [[0.5, 0.5], [0.5, 0.5]]}. */
record MatrixType() implements ValueType<List<List<Double>>> {
  private static final DecimalType ENTRY = new DecimalType("a number", x -> true);

  @Override
  public String name() {
    return "matrix";
  }

  @Override
  public String allowed() {
    return "a list of rows of numbers, such as [[0.5, 0.5], [0.5, 0.5]]";
  }

  @Override
  public List<List<Double>> read(ConfigValue value) {
    if (!(value instanceof ConfigList list)) {
      throw refuse(value);
    }
    return list.stream().map(this::row).toList();
  }

  private List<Double> row(ConfigValue value) {
    if (!(value instanceof ConfigList row)) {
      throw refuse(value);
    }
    try {
      return row.stream().map(ENTRY::read).toList();
    } catch (IllegalArgumentException e) {
      throw refuse(value);
    }
  }

  @Override
  public String render(List<List<Double>> rows) {
    return rows.toString();
  }
}
