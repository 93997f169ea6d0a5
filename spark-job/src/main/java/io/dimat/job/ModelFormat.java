package io.dimat.job;

import io.dimat.conf.Spelling;
import io.dimat.dl4j.ModelZip;
import io.dimat.dl4j.OnnxModel;
import io.dimat.interchange.SafeTensors;
import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The file formats that models are written in. */
enum ModelFormat {
  /** Parameters alone, named as in a PyTorch state dict. */
  SAFETENSORS {
    @Override
    void write(
        Network network, ParamVector model, SortedMap<String, String> metadata, OutputStream out)
        throws IOException {
      SafeTensors.write(model, metadata, out);
    }
  },

  /** DL4J's own; it has no place for the metadata. */
  ZIP {
    @Override
    void write(
        Network network, ParamVector model, SortedMap<String, String> metadata, OutputStream out)
        throws IOException {
      ModelZip.write(network, model, out);
    }
  },

  /** Network and parameters, for inference anywhere. */
  ONNX {
    @Override
    void write(
        Network network, ParamVector model, SortedMap<String, String> metadata, OutputStream out)
        throws IOException {
      OnnxModel.write(network, model, metadata, out);
    }
  };

  /**
   * Writes one model; {@code out} is left open.
   *
   * @param metadata free text pairs, left out where the format has no place for them
   */
  abstract void write(
      Network network, ParamVector model, SortedMap<String, String> metadata, OutputStream out)
      throws IOException;

  /** The format's name, which is also how its files end. */
  String extension() {
    return Spelling.of(this);
  }

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static ModelFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.extension().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no model format %s; choose one of %s".formatted(name, names())));
  }

  private static String names() {
    return Arrays.stream(values()).map(ModelFormat::extension).collect(Collectors.joining(", "));
  }
}
