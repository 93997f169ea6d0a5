package io.dimat.cli;

import io.dimat.network.Shape;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Shapes written as {@code 3x32x32}: channels, height, width. */
final class ShapeConverter implements ITypeConverter<Shape> {
  private static final Pattern FORM =
      Pattern.compile("([1-9]\\d{0,5})x([1-9]\\d{0,5})x([1-9]\\d{0,5})");

  @Override
  public Shape convert(String text) {
    Matcher sizes = FORM.matcher(text);
    if (!sizes.matches()) {
      throw new TypeConversionException(
          "must be CHANNELSxHEIGHTxWIDTH such as 3x32x32, got " + text);
    }
    return new Shape(
        Integer.parseInt(sizes.group(1)),
        Integer.parseInt(sizes.group(2)),
        Integer.parseInt(sizes.group(3)));
  }
}
