package io.dimat.spark;

import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/** Writes a model in one file format. */
@FunctionalInterface
public interface ModelWriter extends Serializable {
  /** Writes one model; {@code out} is left open. */
  void write(Network network, ParamVector model, OutputStream out) throws IOException;
}
