package io.dimat.cli;

import io.dimat.conf.OutputConfig.Resume;
import io.dimat.conf.Spelling;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Resume modes by their spelling in configurations. */
final class ResumeConverter implements ITypeConverter<Resume>, Iterable<String> {
  private static final List<String> SPELLINGS =
      Arrays.stream(Resume.values()).map(Spelling::of).toList();

  @Override
  public Resume convert(String text) {
    return Arrays.stream(Resume.values())
        .filter(mode -> Spelling.of(mode).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "must be one of " + String.join(", ", SPELLINGS) + ", got " + text));
  }

  @Override
  public Iterator<String> iterator() {
    return SPELLINGS.iterator();
  }
}
