package io.dimat.dl4j.zip;

import io.dimat.network.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks as users of DL4J build them, with random parameters. */
final class UserNetworks {
  static final Shape IMAGE = new Shape(3, 10, 10);

  private UserNetworks() {}

  private static NeuralNetConfiguration.Builder builder(DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .dataType(type)
        .updater(new Adam(1e-3))
        .l2(1e-4);
  }

  static ConvolutionLayer conv(int kernel, int channels, Activation activation) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .nOut(channels)
        .convolutionMode(ConvolutionMode.Same)
        .activation(activation)
        .build();
  }

  static OutputLayer output(LossFunction loss) {
    return new OutputLayer.Builder(loss).nOut(5).activation(Activation.SOFTMAX).build();
  }

  /** LeNet on vectors of 144 grey values, with dropout in two forms. */
  static MultiLayerNetwork leNet(DataType type) {
    ListBuilder layers =
        builder(type)
            .list()
            .layer(new ConvolutionLayer.Builder(5, 5).nOut(6).activation(Activation.RELU).build())
            .layer(
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .build())
            .layer(conv(3, 8, Activation.TANH))
            .layer(new BatchNormalization())
            .layer(new DropoutLayer(0.5))
            .layer(new ActivationLayer(Activation.RELU))
            .layer(
                new DenseLayer.Builder()
                    .nOut(20)
                    .hasBias(false)
                    .dropOut(0.5)
                    .activation(Activation.RELU)
                    .build())
            .layer(new BatchNormalization.Builder().useLogStd(false).build())
            .layer(output(LossFunction.NEGATIVELOGLIKELIHOOD))
            .setInputType(InputType.convolutionalFlat(12, 12, 1));
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    randomize(network);
    return network;
  }

  /** Two dense layers on vectors of 30 values. */
  static MultiLayerNetwork perceptron() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            builder(DataType.FLOAT)
                .list()
                .layer(new DenseLayer.Builder().nOut(7).activation(Activation.TANH).build())
                .layer(new DenseLayer.Builder().nOut(5).activation(Activation.IDENTITY).build())
                .layer(
                    new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(30))
                .build());
    network.init();
    randomize(network);
    return network;
  }

  /**
   * A residual sum, a merge, strided and unbiased convolutions, locked and free batch norms, and
   * names that are not in alphabetical order.
   */
  static ComputationGraph residual(DataType type) {
    GraphBuilder graph =
        builder(type)
            .graphBuilder()
            .addInputs("pictures")
            .setInputTypes(InputType.convolutional(10, 10, 3))
            .addLayer("z", conv(3, 4, Activation.RELU), "pictures")
            .addLayer(
                "c",
                new ConvolutionLayer.Builder(3, 3)
                    .nOut(4)
                    .padding(1, 1)
                    .hasBias(false)
                    .activation(Activation.IDENTITY)
                    .build(),
                "z")
            .addLayer("n", new BatchNormalization.Builder().eps(1e-3).decay(0.8).build(), "c")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "n", "z")
            .addLayer("r", new ActivationLayer(Activation.RELU), "sum")
            .addLayer(
                "a",
                new ConvolutionLayer.Builder(2, 2)
                    .stride(2, 2)
                    .nOut(3)
                    .activation(Activation.TANH)
                    .build(),
                "r")
            .addLayer(
                "locked",
                new BatchNormalization.Builder()
                    .lockGammaBeta(true)
                    .gamma(0.7)
                    .beta(0.2)
                    .useLogStd(false)
                    .build(),
                "a")
            .addLayer(
                "pool",
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .build(),
                "r")
            .addVertex("both", new MergeVertex(), "locked", "pool")
            .addLayer("flat", dense(6), "both")
            .addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "both")
            .addVertex("all", new MergeVertex(), "mean", "flat")
            .addLayer("out", output(LossFunction.MCXENT), "all")
            .setOutputs("out");
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    randomize(network);
    return network;
  }

  private static DenseLayer dense(int features) {
    return new DenseLayer.Builder().nOut(features).activation(Activation.RELU).build();
  }

  /** A small graph around one layer between an input of 3x10x10 and a dense head. */
  static ComputationGraph around(org.deeplearning4j.nn.conf.layers.Layer layer) {
    ComputationGraph network =
        new ComputationGraph(
            builder(DataType.FLOAT)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(10, 10, 3))
                .addLayer("odd", layer, "in")
                .addLayer("out", output(LossFunction.MCXENT), "odd")
                .setOutputs("out")
                .build());
    network.init();
    randomize(network);
    return network;
  }

  /** Uniform values around 0, and around 1 for variances and scales. */
  private static void randomize(Model model) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7);
    for (Map.Entry<String, INDArray> entry : sorted(model.paramTable())) {
      String name = entry.getKey();
      boolean around1 = name.endsWith("_var") || name.endsWith("_gamma");
      INDArray target = entry.getValue();
      double[] values = new double[(int) target.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (around1 ? 1 : 0) + 0.4 * (2 * random.nextDouble() - 1);
      }
      target.assign(Nd4j.createFromArray(values).reshape('c', target.shape()));
    }
  }

  private static List<Map.Entry<String, INDArray>> sorted(Map<String, INDArray> table) {
    List<Map.Entry<String, INDArray>> entries = new ArrayList<>(table.entrySet());
    entries.sort(Map.Entry.comparingByKey());
    return entries;
  }

  /** Saves as users do, with the updater's state. */
  static Path save(Model model, Path file) throws IOException {
    ModelSerializer.writeModel(model, file.toFile(), true);
    return file;
  }
}
