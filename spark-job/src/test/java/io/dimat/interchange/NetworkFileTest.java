package io.dimat.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.align.RandomNetworks;
import io.dimat.conf.ConfigException;
import io.dimat.learn.SmallNetworks;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkFileTest {
  private static final String HEAD =
      "name = x, layers = [{ kind = input, name = in, shape = [3, 8, 8] }\n";
  private static final String TAIL = "]";

  static Stream<Network> networks() {
    Stream<Network> zoo =
        Zoo.names().stream()
            .flatMap(
                name ->
                    Stream.of(Shortcut.values())
                        .map(s -> new ZooOptions(new Shape(3, 32, 32), 10, 1, s))
                        .map(options -> Zoo.create(name, options)));
    Stream<Network> random = LongStream.range(0, 200).mapToObj(RandomNetworks::of);
    return Stream.of(zoo, random, SmallNetworks.all()).flatMap(s -> s);
  }

  @Test
  void parse_whatWasWritten_isEqual() {
    networks()
        .forEach(
            network ->
                assertThat(NetworkFile.parse(NetworkFile.write(network), "written"))
                    .isEqualTo(network));
  }

  @Test
  void parse_shortForm_takesTheLayerBeforeAndPyTorchsDefaults() {
    Network network =
        NetworkFile.parse(
            HEAD
                + """
                { kind = conv2d, name = conv1, channels = 4, kernel = 3, padding = 1 }
                { kind = batch-norm, name = bn1 }
                { kind = activation, function = relu }
                { kind = pool2d, pooling = max, kernel = 2 }
                { kind = conv2d, name = conv2, channels = 4, kernel = 1, bias = false }
                { kind = add, name = sum, inputs = [conv2, pool2d-5] }
                { kind = global-average-pool }
                { kind = dense, name = linear, features = 10 }
                { kind = output }
                """
                + TAIL,
            "short");

    assertThat(network.layers())
        .contains(
            new Layer.Conv2d("conv1", "in", 4, 3, 1, 1, true),
            new Layer.BatchNorm("bn1", "conv1"),
            new Layer.Activation("activation-4", "bn1", Layer.Activation.Function.RELU),
            new Layer.Pool2d("pool2d-5", "activation-4", Layer.Pool2d.Pooling.MAX, 2, 2),
            new Layer.Add("sum", List.of("conv2", "pool2d-5")),
            new Layer.Dense("linear", "global-average-pool-8", 10, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{kind=layer-norm} | layer 2 has the kind layer-norm, which is not supported: its statistics",
        "{kind=LayerNorm} | not supported",
        "{kind=dropout, p=0.5} | leave it out",
        "{kind=conv3d} | has the unknown kind conv3d; kinds are activation, add, batch-norm, concat,",
        "{name=a} | layer a needs a kind; kinds are",
        "3 | layer 2 must be { kind = ... }, got 3",
        "{kind=conv2d,kernel=3} | layer 2 needs channels = an integer, 1 or more, got nothing",
        "{kind=conv2d,channels=4,kernel=0} | needs kernel = an integer, 1 or more, got 0",
        "{kind=conv2d,channels=4,kernel=1.5} | needs kernel = an integer, 1 or more, got 1.5",
        "{kind=conv2d,channels=4,kernel=3,padding=3} | needs channels, kernel, stride > 0",
        "{kind=conv2d,channels=4,kernel=9} | kernel 9 does not fit into 3x8x8",
        "{kind=conv2d,channels=4,kernel=3,paddin=1} | has no key paddin; did you mean padding?",
        "{kind=conv2d,channels=4,kernel=3,bias=maybe} | needs bias = true or false, got maybe",
        "{kind=activation,function=gelu} | needs function = one of relu, tanh, got gelu",
        "{kind=batch-norm,epsilon=0} | needs epsilon = a number above 0, got 0",
        "{kind=add,inputs=[in]} | needs inputs = a list of two or more layers, got [in]",
        "{kind=add,inputs=[in,later]} | reads later, which is no layer before it",
        "{kind=flatten,name=f,input=f} | layer f reads f, which is no layer before it",
        "{kind=flatten,name=in} | layer in needs a name of its own",
        "{kind=flatten,name=[]} | needs a name that is text",
        "{kind=dense,features=3} | reads a vector, got 3x8x8",
        "{kind=conv2d,channels=2147483647,kernel=8} | 2^31 - 1 parameters, this one has more",
      })
  void parse_wrongLayer_namesLayerAndRule(String layer, String rule) {
    String rest = "\n{kind=flatten,name=flat},{kind=dense,features=2},{kind=output}";

    assertThatThrownBy(() -> NetworkFile.parse(HEAD + layer + rest + TAIL, "f.conf"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("f.conf: ")
        .hasMessageContaining(rule);
  }

  @Test
  void parse_severalProblems_areReportedTogetherWithoutWhatFollowsFromThem() {
    String layers =
        "{kind=conv2d,name=c,channels=4,kernel=9},{kind=conv2d,chanels=4,kernel=3}"
            + ",{kind=softmax},{kind=output}";

    assertThatThrownBy(() -> NetworkFile.parse("extra = 1," + HEAD + layers + TAIL, "f"))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .satisfiesExactly(
                        a -> assertThat(a).contains("extra is not a key"),
                        b -> assertThat(b).contains("kernel 9 does not fit"),
                        c -> assertThat(c).contains("needs channels"),
                        d -> assertThat(d).contains("chanels; did you mean channels?"),
                        f -> assertThat(f).contains("softmax")));
  }

  @Test
  void parse_noNetworkAtAll_namesTheRule() {
    assertProblem("", "a network needs a name", "a network needs layers = [ ... ]");
    assertProblem("name=x,layers=[]", "starts with its one input");
    assertProblem(HEAD + TAIL, "ends with its one output");
    assertProblem("name = ${x}", "may not use substitutions");
    assertProblem("name = [", "f");
    assertProblem("layers = " + "[".repeat(50_000), "nested too deeply");
  }

  private static void assertProblem(String text, String... rules) {
    assertThatThrownBy(() -> NetworkFile.parse(text, "f"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(rules);
  }
}
