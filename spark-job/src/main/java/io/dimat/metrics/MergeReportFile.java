package io.dimat.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.dimat.merge.report.InterpolationLine;
import io.dimat.merge.report.MergeReport;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/**
 * A merge report as {@code merge.json}: the components of {@link MergeReport} under their names and
 * in their order, constants in small letters, and each line's barrier beside its losses. What was
 * not measured is null, and so is what is not finite, for which JSON has no number.
 */
public final class MergeReportFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .addModule(
              new SimpleModule()
                  .addSerializer(Optional.class, new ValueOrNull())
                  .addSerializer(Double.class, new FiniteOrNull())
                  .addSerializer(Double.TYPE, new FiniteOrNull()))
          .addMixIn(InterpolationLine.class, WithBarrier.class)
          .build();

  private MergeReportFile() {}

  /**
   * Writes a report as indented JSON. The same input gives the same text.
   *
   * @param out characters to be stored as UTF-8; flushed and left open
   */
  public static void write(MergeReport merge, Writer out) throws IOException {
    out.write(JSON.writeValueAsString(merge));
    out.write('\n');
    out.flush();
  }

  /** Adds a derived number to what is written of a line. */
  private interface WithBarrier {
    @JsonProperty
    double barrier();
  }

  @SuppressWarnings("rawtypes") // a class literal has no type arguments
  private static final class ValueOrNull extends JsonSerializer<Optional> {
    @Override
    public void serialize(Optional value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        provider.defaultSerializeValue(value.get(), out);
      } else {
        out.writeNull();
      }
    }
  }

  private static final class FiniteOrNull extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        out.writeNumber(value);
      } else {
        out.writeNull();
      }
    }
  }
}
