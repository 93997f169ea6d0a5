package io.dimat.interchange;

import io.dimat.conf.Spelling;
import io.dimat.network.Layer;
import io.dimat.network.LayerVisitor;
import io.dimat.network.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of every layer in a network file; {@link LayerKinds} reads them. */
final class LayerWriter implements LayerVisitor<Map<String, Object>> {
  private static Map<String, Object> layer(String kind, String name) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("kind", kind);
    keys.put("name", name);
    return keys;
  }

  private static Map<String, Object> layer(String kind, Layer.OneInput layer) {
    Map<String, Object> keys = layer(kind, layer.name());
    keys.put("input", layer.input());
    return keys;
  }

  @Override
  public Map<String, Object> input(Layer.Input layer) {
    Map<String, Object> keys = layer(LayerKinds.INPUT, layer.name());
    Shape shape = layer.shape();
    keys.put("shape", List.of(shape.channels(), shape.height(), shape.width()));
    return keys;
  }

  @Override
  public Map<String, Object> conv2d(Layer.Conv2d layer) {
    Map<String, Object> keys = layer(LayerKinds.CONV2D, layer);
    keys.put("channels", layer.channels());
    keys.put("kernel", layer.kernel());
    keys.put("stride", layer.stride());
    keys.put("padding", layer.padding());
    keys.put("groups", layer.groups());
    keys.put("bias", layer.hasBias());
    return keys;
  }

  @Override
  public Map<String, Object> batchNorm(Layer.BatchNorm layer) {
    Map<String, Object> keys = layer(LayerKinds.BATCH_NORM, layer);
    keys.put("epsilon", layer.epsilon());
    keys.put("momentum", layer.momentum());
    return keys;
  }

  @Override
  public Map<String, Object> dense(Layer.Dense layer) {
    Map<String, Object> keys = layer(LayerKinds.DENSE, layer);
    keys.put("features", layer.features());
    keys.put("bias", layer.hasBias());
    return keys;
  }

  @Override
  public Map<String, Object> activation(Layer.Activation layer) {
    Map<String, Object> keys = layer(LayerKinds.ACTIVATION, layer);
    keys.put("function", Spelling.of(layer.function()));
    return keys;
  }

  @Override
  public Map<String, Object> pool2d(Layer.Pool2d layer) {
    Map<String, Object> keys = layer(LayerKinds.POOL2D, layer);
    keys.put("pooling", Spelling.of(layer.pooling()));
    keys.put("kernel", layer.kernel());
    keys.put("stride", layer.stride());
    keys.put("padding", layer.padding());
    return keys;
  }

  @Override
  public Map<String, Object> globalAveragePool(Layer.GlobalAveragePool layer) {
    return layer(LayerKinds.GLOBAL_AVERAGE_POOL, layer);
  }

  @Override
  public Map<String, Object> add(Layer.Add layer) {
    Map<String, Object> keys = layer(LayerKinds.ADD, layer.name());
    keys.put("inputs", layer.inputs());
    return keys;
  }

  @Override
  public Map<String, Object> concat(Layer.Concat layer) {
    Map<String, Object> keys = layer(LayerKinds.CONCAT, layer.name());
    keys.put("inputs", layer.inputs());
    return keys;
  }

  @Override
  public Map<String, Object> flatten(Layer.Flatten layer) {
    return layer(LayerKinds.FLATTEN, layer);
  }

  @Override
  public Map<String, Object> output(Layer.Output layer) {
    return layer(LayerKinds.OUTPUT, layer);
  }
}
