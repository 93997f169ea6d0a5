package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import java.util.List;

/** How one kind of stored vertex becomes layers. */
@FunctionalInterface
interface Kind {
  /**
   * Adds the vertex's layers and says where its parameters are.
   *
   * @param inputs layers that the vertex reads
   * @throws ModelFileException if a network cannot express it; the message names the vertex
   */
  void add(NetworkBuilder network, Vertex vertex, List<String> inputs) throws ModelFileException;
}
