package io.dimat.spark;

import io.dimat.network.Network;
import io.dimat.store.RunFolder;
import io.dimat.store.StateRef;
import io.dimat.store.StateStore;
import io.dimat.tensor.ParamVector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** Writes committed states as model files, each by a task, so that no model passes the driver. */
public final class ModelExport implements Serializable {
  private static final long serialVersionUID = 1L;

  private final RunFolder folder;
  private final Network network;
  private final TreeMap<String, ModelWriter> writers;

  /**
   * An export into one run's folder.
   *
   * @param writers by file extension
   */
  public ModelExport(RunFolder folder, Network network, SortedMap<String, ModelWriter> writers) {
    this.folder = folder;
    this.network = network;
    this.writers = new TreeMap<>(writers);
  }

  /** Writes {@code models/NAME.EXTENSION} for every model and format, replacing what is there. */
  public void write(JavaSparkContext spark, SortedMap<String, StateRef> models) {
    spark.setJobDescription("write %d models".formatted(models.size()));
    ArrayList<Named> named = new ArrayList<>();
    models.forEach((name, state) -> named.add(new Named(name, state)));
    WatchedJob.foreach(spark.parallelize(named, named.size()), this::write);
  }

  private record Named(String name, StateRef state) implements Serializable {}

  private void write(Named model) {
    ParamVector parameters = new StateStore(folder, network.layout()).read(model.state()).model();
    for (Map.Entry<String, ModelWriter> writer : writers.entrySet()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        writer.getValue().write(network, parameters, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory", e);
      }
      WatchedJob.requireWanted();
      folder.replace(
          "models/%s.%s".formatted(model.name(), writer.getKey()), out -> bytes.writeTo(out));
    }
  }
}
