package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import java.util.Set;

/** The classifying end: softmax with cross-entropy, of which a network keeps the logits. */
final class HeadKinds {
  private static final String PACKAGE = "org.nd4j.linalg.lossfunctions.impl.";
  private static final Set<String> CROSS_ENTROPY =
      Set.of(PACKAGE + "LossMCXENT", PACKAGE + "LossNegativeLogLikelihood");

  private HeadKinds() {}

  /** Dense, then the logits. */
  static void output(NetworkBuilder network, Vertex vertex, String input)
      throws ModelFileException {
    requireClassifier(vertex);
    String dense = WeightKinds.affine(network, vertex, input);
    network.head(vertex, network.fresh(vertex.name() + ".output"), dense);
  }

  /** What it reads are the logits. */
  static void loss(NetworkBuilder network, Vertex vertex, String input) throws ModelFileException {
    requireClassifier(vertex);
    network.head(vertex, vertex.name(), input);
  }

  private static void requireClassifier(Vertex vertex) throws ModelFileException {
    Activations.requireSoftmax(vertex);
    Fields loss = vertex.body().child("lossFn");
    if (!CROSS_ENTROPY.contains(loss.type())) {
      throw loss.refusal(
          "the head's loss must be MCXENT or negative log-likelihood, got " + loss.shortType());
    }
  }
}
