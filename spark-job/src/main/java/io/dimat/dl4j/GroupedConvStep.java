package io.dimat.dl4j;

import io.dimat.network.Layer.Conv2d;
import io.dimat.network.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution in groups: every group's channels are copied out, convolved on their own and copied
 * back. libnd4j knows no groups; this is right for any of them and as fast as the copies.
 */
final class GroupedConvStep implements Step {
  private final Value input;
  private final Value output;
  private final TensorPool pool;
  private final List<Group> groups = new ArrayList<>();

  /** One group's convolution and the channels it reads and makes. */
  private record Group(
      ConvStep conv, Value input, ChannelStretch read, Value output, ChannelStretch made) {}

  GroupedConvStep(Conv2d layer, Value input, Value output, TensorPool pool, Parameters parameters) {
    this.input = input;
    this.output = output;
    this.pool = pool;
    for (int g = 0; g < layer.groups(); g++) {
      Value in = new Value(part(input.shape(), layer.groups()), pool);
      Value out = new Value(part(output.shape(), layer.groups()), pool);
      groups.add(
          new Group(
              ConvStep.group(layer, g, in, out, pool, parameters),
              in,
              new ChannelStretch(input.shape(), in.shape(), g * in.shape().channels()),
              out,
              new ChannelStretch(output.shape(), out.shape(), g * out.shape().channels())));
    }
  }

  private static Shape part(Shape whole, int parts) {
    return new Shape(whole.channels() / parts, whole.height(), whole.width());
  }

  @Override
  public void upload() {
    groups.forEach(g -> g.conv.upload());
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void forward(Pass pass) {
    output.data().resize(input.data().count());
    for (Group group : groups) {
      group.input.data().resize(input.data().count());
      group.read.copyOut(input.data(), group.input.data());
      group.conv.forward(pass);
      group.made.copyIn(group.output.data(), output.data());
    }
  }

  @Override
  public void backward() {
    Tensor gradient = output.takeGradient();
    Tensor inputGradient = pool.take(input.shape(), gradient.count());
    for (Group group : groups) {
      Tensor share = pool.take(group.output.shape(), gradient.count());
      group.made.copyOut(gradient, share);
      group.output.receiveGradient(share);
      group.conv.backward();
      Tensor inputShare = group.input.takeGradient();
      group.read.copyIn(inputShare, inputGradient);
      pool.give(inputShare);
    }
    pool.give(gradient);
    input.receiveGradient(inputGradient);
  }

  @Override
  public void close() {
    for (Group group : groups) {
      group.conv.close();
      group.input.close();
      group.output.close();
    }
  }
}
