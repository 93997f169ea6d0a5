package io.dimat.dl4j.zip;

import java.util.List;
import java.util.Optional;

/**
 * One vertex of a stored graph, or one layer of a stored {@code MultiLayerNetwork}.
 *
 * @param body the layer where the vertex is one, the vertex itself otherwise
 * @param preProcessor what changes the input's shape before the layer reads it
 * @param inputs names of the vertices that it reads
 */
record Vertex(String name, Fields body, Optional<Fields> preProcessor, List<String> inputs) {}
